using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = (x - mean) / sqrt(variance + epsilon) * scale + bias, mean and variance over all axes from the given one on. The further outputs are the mean and
/// 1 / sqrt(variance + epsilon). https://onnx.ai/onnx/operators/onnx__LayerNormalization.html
/// Versions: 17; 1 is ONNX Runtime's own, whose optimizer writes it into models of any operator set. Statistics are 32-bit floats, and 64-bit ones of 64-bit floats, whatever stash_type says. Scale and bias that are broadcast over the
/// normalized axes, and 64-bit floats, are computed as the formula says.
/// </summary>
internal sealed class LayerNormalization : Op
{
    public override IReadOnlyList<int> Versions => [1, 17];

    public override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), x.Type.Rank);
        var length = KernelAxes.Extent(x.Type.Shape, axis, x.Type.Rank);
        if (x.Type.Element != ElementType.Double && new[] { context.Require(1), context.Input(2) }.All(factor => factor is null || factor.Type.Length.Equals(length)))
        {
            return false;
        }

        // 16-bit floats are widened until the result.
        var type = x.Type.Element.IsHalf() ? ElementType.Float : x.Type.Element;
        var (mean, centred, inverse) = Centring.Define(context, context.As(x, type), Centring.Axes(axis, x.Type.Rank));
        var y = context.Add("Mul", context.Add("Mul", centred, inverse), context.As(context.Require(1), type));
        y = context.Input(2) is { } bias ? context.Add("Add", y, context.As(bias, type)) : y;
        context.Output(0, context.As(y, x.Type.Element));
        context.Output(1, context.As(mean, ElementType.Float));
        context.Output(2, context.As(inverse, ElementType.Float));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), x.Rank);
        context.Output(0, x);
        var statistics = TensorType.Of(ElementType.Float, [.. x.Shape.Select((size, i) => i < axis ? size : Dim.One)]);
        context.Output(1, statistics);
        context.Output(2, statistics);
    }

    public override void Lower(LowerContext context)
    {
        var (x, bias) = (context.Input(0), context.Node.Input(2));
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), x.Type.Rank);
        var rows = KernelAxes.Extent(x.Type.Shape, 0, axis);
        var length = KernelAxes.Extent(x.Type.Shape, axis, x.Type.Rank);
        var epsilon = context.Attributes.Get("epsilon", 1e-5f);
        Value[] inputs = bias is null ? [x, context.Input(1)] : [x, context.Input(1), bias];
        FloatArithmetic.Lower(context, inputs, context.Output, (wide, y) =>
        {
            var noBias = bias is null ? context.Constant(Tensor.Of<float>([], 0), "no_bias", "none") : wide[2];
            context.Call(typeof(LayerNormalizationF32), nameof(LayerNormalizationF32.Run), wide[0], wide[1], noBias, y, rows, length, epsilon);
            EmitStatistics(context, wide[0], rows, length, epsilon);
        });
    }

    private static void EmitStatistics(LowerContext context, Value x, Dim rows, Dim length, float epsilon)
    {
        if (context.Node.Outputs.Skip(1).All(output => output is null))
        {
            return;
        }

        var mean = context.Node.Outputs[1] ?? context.Temporary(ElementType.Float, rows, "mean");
        var inverse = context.Node.Outputs is [_, _, { } wanted, ..] ? wanted : context.Temporary(ElementType.Float, rows, "inverse");
        var centred = context.Temporary(ElementType.Float, rows * length, "centred");
        Centring.Emit(context, x, mean, centred, centred, inverse, rows, length, epsilon);
    }
}
