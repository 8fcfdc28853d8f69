using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The image whose windows are the columns. https://onnx.ai/onnx/operators/onnx__Col2Im.html
/// Versions: 18.
/// </summary>
internal sealed class Col2Im : Op
{
    public override IReadOnlyList<int> Versions => [18];

    public override void Infer(InferContext context)
    {
        var (x, image) = (context.Type(0), context.RequireSizes(1));
        var block = context.RequireSizes(2);
        if (x.Rank != 3 || block.Count != image.Count)
        {
            throw new OperatorException($"{x} are no columns of {image.Count} spatial axes by blocks of {block.Count}");
        }

        foreach (var (name, length) in new[] { ("strides", block.Count), ("dilations", block.Count), ("pads", 2 * block.Count) })
        {
            if (context.Attributes.Ints(name) is { } given && (given.Length != length || given.Any(value => name != "pads" && value < 1)))
            {
                throw new OperatorException($"{name} is [{string.Join(",", given)}] for {block.Count} spatial axes");
            }
        }

        if (block.Any(size => size.IsConstant && size.Constant < 1))
        {
            throw new OperatorException($"a block has the sizes [{string.Join(",", block)}]");
        }

        context.Output(x.Element, [x[0], Dim.FloorDiv(x[1], Dim.Product(block)), .. image]);
    }

    public override void Lower(LowerContext context)
    {
        if (context.Input(0).Type.Element is var element && !element.IsNumber() && !element.IsComplex())
        {
            throw ElementKinds.Unsupported(Name, element);
        }

        var (image, block) = (context.Input(1).Elements!, context.Input(2).Elements!);
        var ones = Enumerable.Repeat(1L, block.Count).ToArray();
        var (strides, dilations) = (context.Attributes.Ints("strides", ones), context.Attributes.Ints("dilations", ones));
        var pads = context.Attributes.Ints("pads", new long[2 * block.Count]);
        Dim[] positions = [.. image.Select((size, i) => Dim.FloorDiv(size + pads[i] + pads[i + block.Count] - ((block[i] - 1) * dilations[i]) - 1, strides[i]) + 1)];
        static Dim[] Dims(IEnumerable<long> values) => [.. values.Select(value => (Dim)value)];
        var window = WindowLiteral.Of(image, block, positions, Dims(strides), Dims(dilations), Dims(pads.Take(block.Count)));
        context.Call(typeof(Kernels.Col2Im), nameof(Kernels.Col2Im.Run), context.Input(0), context.Output, context.Output.Type[0] * context.Output.Type[1], window);
    }
}
