using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The image whose windows are the columns. https://onnx.ai/onnx/operators/onnx__Col2Im.html
/// Versions: 18. The sizes of image and window must be constant.
/// </summary>
internal sealed class Col2Im : Op
{
    public override IReadOnlyList<int> Versions => [18];

    public override void Infer(InferContext context)
    {
        var (x, image) = (context.Type(0), context.RequireSizes(1));
        var block = context.RequireConstant(2).ToInt64().Aggregate(1L, (product, size) => product * size);
        context.Output(x.Element, [x[0], Dim.FloorDiv(x[1], block), .. image]);
    }

    public override void Lower(LowerContext context)
    {
        var (image, block) = (context.Input(1).Elements!, context.Input(2).Constant!.ToInt64());
        var ones = Enumerable.Repeat(1L, block.Length).ToArray();
        var (strides, dilations) = (context.Attributes.Ints("strides", ones), context.Attributes.Ints("dilations", ones));
        var pads = context.Attributes.Ints("pads", new long[2 * block.Length]);
        Dim[] positions = [.. image.Select((size, i) => Dim.FloorDiv(size + pads[i] + pads[i + block.Length] - ((block[i] - 1) * dilations[i]) - 1, strides[i]) + 1)];
        static Dim[] Dims(IEnumerable<long> values) => [.. values.Select(value => (Dim)value)];
        var window = WindowLiteral.Of(image, Dims(block), positions, Dims(strides), Dims(dilations), Dims(pads.Take(block.Length)));
        context.Call(typeof(Kernels.Col2Im), nameof(Kernels.Col2Im.Run), context.Input(0), context.Output, context.Output.Type[0] * context.Output.Type[1], window);
    }
}
