using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The window of a ConvTranspose: that of the convolution from its output to its input. https://onnx.ai/onnx/operators/onnx__ConvTranspose.html</summary>
/// <param name="Output">Output size along each spatial axis.</param>
/// <param name="Kernel">Kernel size.</param>
/// <param name="Strides">Outputs from one input to the next.</param>
/// <param name="Dilations">Outputs from one tap to the next.</param>
/// <param name="PadsBegin">What is cut off at the beginning of each axis.</param>
internal sealed record ConvTransposeWindow(IReadOnlyList<Dim> Output, IReadOnlyList<Dim> Kernel, long[] Strides, long[] Dilations, IReadOnlyList<Dim> PadsBegin)
{
    /// <summary>Reads the attributes.</summary>
    /// <exception cref="OperatorException">They contradict each other.</exception>
    public static ConvTransposeWindow Of(Attributes attributes, TensorType x, TensorType w)
    {
        var count = x.Rank - 2;
        var ones = Enumerable.Repeat(1L, count).ToArray();
        Dim[] kernel = [.. w.Shape.Skip(2)];
        var (strides, dilations) = (attributes.Ints("strides", ones), attributes.Ints("dilations", ones));
        var extra = attributes.Ints("output_padding", new long[count]);
        var mode = attributes.Get("auto_pad", "NOTSET");
        var given = mode == "NOTSET" ? attributes.Ints("pads", new long[2 * count]) : new long[2 * count];
        var wanted = attributes.Ints("output_shape");
        if (strides.Length != count || dilations.Length != count || extra.Length != count || given.Length != 2 * count || (wanted is not null && wanted.Length < count)
            || strides.Any(stride => stride < 1) || dilations.Any(dilation => dilation < 1))
        {
            throw new OperatorException($"strides, dilations, output_padding, pads and output_shape do not fit {count} spatial axes");
        }

        if (mode is not ("NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER"))
        {
            throw new OperatorException($"auto_pad \"{mode}\" is not defined");
        }

        var (output, begin) = (new Dim[count], new Dim[count]);
        for (var axis = 0; axis < count; axis++)
        {
            var full = ((x[axis + 2] - 1) * strides[axis]) + extra[axis] + ((kernel[axis] - 1) * dilations[axis]) + 1;
            if (wanted is not null || mode is "SAME_UPPER" or "SAME_LOWER")
            {
                // Pads follow from the output's size; what is left over goes to the beginning, or with SAME_UPPER to the end.
                output[axis] = wanted is not null ? wanted[wanted.Length - count + axis] : x[axis + 2] * strides[axis];
                var total = Dim.Max(full - output[axis], Dim.Zero);
                begin[axis] = mode == "SAME_UPPER" ? Dim.FloorDiv(total, 2) : total - Dim.FloorDiv(total, 2);
            }
            else
            {
                output[axis] = full - given[axis] - given[axis + count];
                begin[axis] = given[axis];
            }
        }

        return new ConvTransposeWindow(output, kernel, strides, dilations, begin);
    }
}
