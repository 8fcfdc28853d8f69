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
/// Versions: 17. Rejected: scale and bias that are not of the normalized axes. Statistics are 32-bit floats, whatever stash_type says.
/// </summary>
internal sealed class LayerNormalization : Op
{
    public override IReadOnlyList<int> Versions => [17];

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), x.Rank);
        foreach (var index in new[] { 1, 2 }.Where(index => context.Input(index) is not null))
        {
            if (!context.Type(index).Length.Equals(KernelAxes.Extent(x.Shape, axis, x.Rank)))
            {
                throw OperatorException.Unsupported($"{(index == 1 ? "a scale" : "a bias")} of {context.Type(index)}, broadcast over the axes of {x} from {axis} on, is not supported");
            }
        }

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
