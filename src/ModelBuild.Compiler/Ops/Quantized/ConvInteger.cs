using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Convolution of (x - x_zero_point) with (w - w_zero_point) in 32-bit integers. https://onnx.ai/onnx/operators/onnx__ConvInteger.html Versions: 10.
/// With constant weights, between DynamicQuantizeLinear and a scaling, the pass FuseDynamicQuantization has replaced it. Refused: other than two spatial axes.
/// </summary>
internal sealed class ConvInteger : Op
{
    public override IReadOnlyList<int> Versions => [10];

    public override void Infer(InferContext context)
    {
        IntegerZeroPoint.Check(context);
        var (x, w) = (context.Type(0), context.Type(1));
        if (x.Rank < 3 || w.Rank != x.Rank || !w.IsStatic || !x[1].Equals(w[1] * context.Attributes.Int("group", 1)))
        {
            throw new OperatorException($"{x} cannot be convolved with {w}");
        }

        var window = Window.Of(context.Attributes, [.. x.Shape.Skip(2)], [.. w.Shape.Skip(2).Select(dim => dim.Constant)]);
        context.Output(ElementType.Int32, [x[0], w[0], .. window.Output]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, w, y) = (context.Input(0).Type, context.Input(1).Type, context.Output.Type);
        if (x.Rank != 4)
        {
            throw OperatorException.Unsupported($"an integer convolution over {x.Rank - 2} spatial axes is not supported");
        }

        var window = Window.Of(context.Attributes, [x[2], x[3]], [w[2].Constant, w[3].Constant]);
        var shape = StructLiteral.Of<ConvShape>(
            x[2], x[3], x[1], w[2], w[3], window.Strides[0], window.Strides[1], window.Dilations[0], window.Dilations[1], y[2], y[3], w[0], context.Attributes.Int("group", 1));
        context.Call(
            typeof(Kernels.ConvInteger), nameof(Kernels.ConvInteger.Run), context.Input(0), context.Input(1), IntegerZeroPoint.Of(context, 2, x.Element),
            IntegerZeroPoint.Of(context, 3, w.Element), context.Output, x[0], shape, window.PadsBegin[0], window.PadsBegin[1]);
    }
}
