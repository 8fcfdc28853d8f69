using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = (x - zero_point) * scale, for the whole tensor or per axis. https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html
/// Versions: 10, 13 (axis), 19 (float8), 21 (16 bits, blocks), 23, 24, 25.
/// </summary>
internal sealed class DequantizeLinear : Op
{
    public override IReadOnlyList<int> Versions => [10, 13, 19, 21, 23, 24, 25];

    public override bool IsFoldable => false;

    public override void Infer(InferContext context)
    {
        GeneralScaling.Check(context);
        context.Output(0, context.Type(0).With(context.Attributes.Get("output_dtype", 0L) is var type and not 0 ? (ElementType)type : context.Type(1).Element));
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (QuantizationKernel.Find(context, context.Output.Type.Element, x.Type.Element) is not { } parameters)
        {
            GeneralScaling.Dequantize(context);
            return;
        }

        if (parameters is { IsPerTensor: true, Type: ElementType.UInt8 })
        {
            context.Call(typeof(DequantizeLinearU8), nameof(DequantizeLinearU8.Run), x, context.Output, parameters.Scale, parameters.ZeroPoint);
            return;
        }

        var (outer, channels, inner) = QuantizationKernel.Extents(x.Type, parameters.Axis);
        var (scales, zeros) = QuantizationKernel.Constants(context, parameters);
        context.Call(typeof(Kernels.DequantizeLinear), nameof(Kernels.DequantizeLinear.Run), x, scales, zeros, context.Output, outer, channels, inner);
    }
}
