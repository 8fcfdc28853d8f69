using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Local response normalization: x / (bias + alpha / size * (the sum of squares of the channels around it))^beta. https://onnx.ai/onnx/operators/onnx__LRN.html
/// Versions: 1, 13 (bfloat16).
/// </summary>
internal sealed class LRN : Op
{
    public override IReadOnlyList<int> Versions => [1, 13];

    /// <summary>64-bit floats are computed as the formula says.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Type(0).Element != ElementType.Double)
        {
            return false;
        }

        var (x, a) = (context.Require(0), context.Attributes);
        var size = a.Require<long>("size");
        var squares = context.Padded(context.Add("Mul", x, x), 1, (size - 1) / 2, size / 2);
        Value? sum = null;
        for (var i = 0L; i < size; i++)
        {
            var end = i == size - 1 ? long.MaxValue : i + 1 - size;
            var part = context.Add("Slice", squares, context.Constant(i), context.Constant(end), context.Constant(1L));
            sum = sum is null ? part : context.Add("Add", sum, part);
        }

        var root = context.Add("Add", context.Add("Mul", sum!, a.Get("alpha", 0.0001f) / (double)size), a.Get("bias", 1f));
        context.Output(0, context.Add("Div", x, context.Add("Pow", root, a.Get("beta", 0.75f))));
        return true;
    }

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context)
    {
        var (shape, a) = (context.Input(0).Type.Shape, context.Attributes);
        FloatArithmetic.Lower(context, [context.Input(0)], context.Output, (wide, y) => context.Call(
            typeof(LocalResponse), nameof(LocalResponse.Run), wide[0], y, shape[0], shape[1], KernelAxes.Extent(shape, 2, shape.Count), (int)a.Require<long>("size"), a.Get("alpha", 0.0001f), a.Get("beta", 0.75f), a.Get("bias", 1f)));
    }
}
