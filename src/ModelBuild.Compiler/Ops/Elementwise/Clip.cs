using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = min(max(x, min), max): with min above max everything is max. https://onnx.ai/onnx/operators/onnx__Clip.html
/// Versions: 1, 6 (no consumed_inputs), 11 (min and max are inputs), 12 (integers), 13 (bfloat16).
/// </summary>
internal sealed class Clip : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 11, 12, 13];

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context)
    {
        var (x, y) = (context.Input(0), context.Output);
        if (x.Type.Element is ElementType.Float or ElementType.Float16 && Bounds(context.Node) is { } bounds)
        {
            FloatArithmetic.Lower(context, [x], y, (wide, result) => context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), wide[0], result, new ClampF32(bounds.Min, bounds.Max)));
            return;
        }

        // Bounds that are known at run time only, or a type for which there is no clamp.
        var current = x;
        if (context.Node.Input(1) is { } min)
        {
            BinaryCalls.Emit(context, current, x.Type.Shape, min, [], y, new BinaryOperations(new MaxF32(), typeof(Max<>)));
            current = y;
        }

        if (context.Node.Input(2) is { } max)
        {
            BinaryCalls.Emit(context, current, x.Type.Shape, max, [], y, new BinaryOperations(new MinF32(), typeof(Min<>)));
            current = y;
        }

        if (current == x)
        {
            context.Alias(y, x);
        }
    }

    private static (float Min, float Max)? Bounds(Node node)
    {
        if (node.Version < 11)
        {
            return (node.Attributes.Get("min", float.MinValue), node.Attributes.Get("max", float.MaxValue));
        }

        return Bound(node.Input(1), float.NegativeInfinity) is { } min && Bound(node.Input(2), float.PositiveInfinity) is { } max ? (min, max) : null;
    }

    private static float? Bound(Value? value, float otherwise) => value switch
    {
        null => otherwise,
        { Constant: { Type: ElementType.Float } constant } => constant.As<float>()[0],
        { Constant: { Type: ElementType.Float16 } constant } => (float)constant.As<Half>()[0],
        _ => null,
    };
}
