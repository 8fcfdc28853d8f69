using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The transposed convolution: every value of x is multiplied by the kernel and added to the outputs that a convolution would have seen it from.
/// https://onnx.ai/onnx/operators/onnx__ConvTranspose.html
/// Versions: 1, 11 (defaults stated), 22 (bfloat16).
/// </summary>
internal sealed class ConvTranspose : Op
{
    public override IReadOnlyList<int> Versions => [1, 11, 22];

    public override void Infer(InferContext context)
    {
        var (x, w) = (context.Type(0), context.Type(1));
        if (x.Rank < 3 || w.Rank != x.Rank || !w.IsStatic || !x[1].Equals(w[0]))
        {
            throw new OperatorException($"{x} cannot be convolved with {w}");
        }

        context.Output(x.Element, [x[0], w[1] * context.Attributes.Int("group", 1), .. Geometry(context.Attributes, x, w).Output]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, w) = (context.Input(0).Type, context.Input(1).Type);
        var (output, strides, dilations, pads) = Geometry(context.Attributes, x, w);
        var window = WindowLiteral.Of(output, [.. w.Shape.Skip(2)], [.. x.Shape.Skip(2)], strides, dilations, pads);
        Conv.EmitPlain(context, nameof(ConvPlain.Transposed), window, w[1] * context.Attributes.Int("group", 1));
    }

    private static (Dim[] Output, Dim[] Strides, Dim[] Dilations, Dim[] Pads) Geometry(Attributes attributes, TensorType x, TensorType w)
    {
        var count = x.Rank - 2;
        var ones = Enumerable.Repeat(1L, count).ToArray();
        var (strides, dilations) = (attributes.Ints("strides", ones), attributes.Ints("dilations", ones));
        var extra = attributes.Ints("output_padding", new long[count]);
        var mode = attributes.Get("auto_pad", "NOTSET");
        var given = mode == "NOTSET" ? attributes.Ints("pads", new long[2 * count]) : new long[2 * count];
        var wanted = attributes.Ints("output_shape");
        var (output, begin) = (new Dim[count], new Dim[count]);
        for (var axis = 0; axis < count; axis++)
        {
            var full = ((x[axis + 2] - 1) * strides[axis]) + extra[axis] + ((w[axis + 2] - 1) * dilations[axis]) + 1;
            if (wanted is not null || mode is "SAME_UPPER" or "SAME_LOWER")
            {
                // Pads follow from the output's size; what is left over goes to the end, or with SAME_LOWER to the beginning.
                output[axis] = wanted is not null ? wanted[wanted.Length - count + axis] : x[axis + 2] * strides[axis];
                var total = Dim.Max(full - output[axis], Dim.Zero);
                begin[axis] = mode == "SAME_LOWER" ? total - Dim.FloorDiv(total, 2) : Dim.FloorDiv(total, 2);
            }
            else
            {
                output[axis] = full - given[axis] - given[axis + count];
                begin[axis] = given[axis];
            }
        }

        return (output, [.. strides.Select(size => (Dim)size)], [.. dilations.Select(size => (Dim)size)], begin);
    }
}
