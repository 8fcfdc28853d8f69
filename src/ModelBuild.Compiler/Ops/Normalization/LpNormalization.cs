using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x / norm along an axis, the norm being the sum of magnitudes (p=1) or the root of the sum of squares (p=2); 0 where the norm is 0.
/// https://onnx.ai/onnx/operators/onnx__LpNormalization.html
/// Versions: 1, 22 (bfloat16). Rejected: another p, as ONNX defines.
/// </summary>
internal sealed class LpNormalization : Op
{
    public override IReadOnlyList<int> Versions => [1, 22];

    /// <summary>64-bit floats are computed as the formula says.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        if (x.Type.Element != ElementType.Double)
        {
            return false;
        }

        var norm = context.Reduce(context.Attributes.Int("p", 2) == 1 ? "ReduceL1" : "ReduceL2", x, [context.Attributes.Get("axis", -1L)]);
        context.Output(0, context.Add("Div", x, context.Add("Max", norm, double.Epsilon)));
        return true;
    }

    public override void Infer(InferContext context)
    {
        _ = InferContext.Axis(context.Attributes.Get("axis", -1L), context.Type(0).Rank);
        context.Output(0, context.Type(0));
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), shape.Count);
        var (outer, inner) = (KernelAxes.Extent(shape, 0, axis), KernelAxes.Extent(shape, axis + 1, shape.Count));
        object reduction = context.Attributes.Int("p", 2) switch
        {
            1 => default(ReduceL1F32),
            2 => default(ReduceL2F32),
            var other => throw new OperatorException($"p={other} is neither 1 nor 2"),
        };
        FloatArithmetic.Lower(context, [context.Input(0)], context.Output, (wide, y) =>
        {
            var norm = context.Temporary(ElementType.Float, outer * inner, "norm");
            context.Call(typeof(ReduceF32), nameof(ReduceF32.Run), wide[0], norm, outer, shape[axis], inner, reduction);

            // Where the norm is 0 every x is 0, and divided by the smallest number it stays so. No other norm is smaller.
            context.Call(typeof(BinaryF32), nameof(BinaryF32.RunScalarRight), norm, norm, float.Epsilon, default(MaxF32));
            IReadOnlyList<Dim> whole = [outer, shape[axis], inner];
            var layout = new BroadcastLayout(whole, whole, [outer, Dim.One, inner]);
            context.Call(typeof(BinaryF32), nameof(BinaryF32.RunBroadcast), wide[0], norm, y, layout.ToStruct<BroadcastShape>(), default(DivF32));
        });
    }
}
