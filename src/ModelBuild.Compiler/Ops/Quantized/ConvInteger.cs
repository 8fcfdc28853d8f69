using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Convolution of (x - x_zero_point) with (w - w_zero_point) in 32-bit integers. https://onnx.ai/onnx/operators/onnx__ConvInteger.html Versions: 10.
/// With constant weights, between DynamicQuantizeLinear and a scaling, the pass FuseDynamicQuantization has replaced it. With other than two spatial axes it is a
/// convolution of 32-bit integers.
/// </summary>
internal sealed class ConvInteger : Op
{
    public override IReadOnlyList<int> Versions => [10];

    public override bool TryExpand(FunctionContext context)
    {
        var (x, w) = (context.Require(0), context.Require(1));
        if (x.Type.Rank is < 3 or 4 || w.Type.Rank != x.Type.Rank)
        {
            return false;
        }

        Value Wide(Value value) => context.As(value, ElementType.Int32);
        Value Centred(Value value, int zero, Func<Value, Value> shaped) => context.Input(zero) is { } point ? context.Add("Sub", Wide(value), shaped(Wide(point))) : Wide(value);
        long[] ofEachFilter = [-1, .. Enumerable.Repeat(1L, w.Type.Rank - 1)];
        context.Output(0, context.Add(
            "Conv", context.Attributes, Centred(x, 2, point => point), Centred(w, 3, point => point.Type.Rank == 0 ? point : context.Add("Reshape", point, context.Constant(ofEachFilter)))));
        return true;
    }

    public override void Infer(InferContext context)
    {
        IntegerZeroPoint.Check(context);
        Window.RequireKernel(context, 1);
        var (x, w) = (context.Type(0), context.Type(1));
        if (x.Rank < 3 || w.Rank != x.Rank || !context.HasSize(0, 1, w[1] * context.Attributes.Int("group", 1)))
        {
            throw new OperatorException($"{x} cannot be convolved with {w}");
        }

        var window = Window.OfWeights(context.Attributes, [.. x.Shape.Skip(2)], [.. w.Shape.Skip(2)]);
        context.Output(ElementType.Int32, [x[0], w[0], .. window.Output]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, w, y) = (context.Input(0).Type, context.Input(1).Type, context.Output.Type);
        if (x.Rank != 4)
        {
            throw OperatorException.Unsupported($"an integer convolution over {x.Rank - 2} spatial axes is not supported");
        }

        var window = Window.OfWeights(context.Attributes, [x[2], x[3]], [w[2], w[3]]);
        var shape = StructLiteral.Of<ConvShape>(
            x[2], x[3], x[1], w[2], w[3], window.Strides[0], window.Strides[1], window.Dilations[0], window.Dilations[1], y[2], y[3], w[0], context.Attributes.Int("group", 1));
        context.Call(
            typeof(Kernels.ConvInteger), nameof(Kernels.ConvInteger.Run), context.Input(0), context.Input(1), IntegerZeroPoint.Of(context, 2, x.Element),
            IntegerZeroPoint.Of(context, 3, w.Element), context.Output, x[0], shape, window.PadsBegin[0], window.PadsBegin[1]);
    }
}
