using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = saturate(round half to even (x / scale) + zero_point), for the whole tensor or per axis. https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html
/// Versions: 10, 13 (axis), 19 (float8), 21 (16 bits, blocks), 23 (precision), 24, 25. All types are computed in 32-bit floats; the quotient is rounded to the type that
/// the attribute precision names, or to that of the scale.
/// </summary>
internal sealed class QuantizeLinear : Op
{
    public override IReadOnlyList<int> Versions => [10, 13, 19, 21, 23, 24, 25];

    public override void Infer(InferContext context)
    {
        GeneralScaling.Check(context);
        var type = context.Input(2)?.Type.Element ?? (ElementType)context.Attributes.Get("output_dtype", (long)ElementType.UInt8);
        context.Output(0, context.Type(0).With(type == ElementType.Undefined ? ElementType.UInt8 : type));
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (GeneralScaling.PrecisionOf(context.Node) != QuotientPrecision.Single || QuantizationKernel.Find(context, x.Type.Element, context.Output.Type.Element) is not { } parameters)
        {
            GeneralScaling.Quantize(context);
            return;
        }

        if (parameters is { IsPerTensor: true, Type: ElementType.UInt8 })
        {
            context.Call(typeof(QuantizeLinearU8), nameof(QuantizeLinearU8.Run), x, context.Output, parameters.Scale, parameters.ZeroPoint);
            return;
        }

        var (outer, channels, inner) = QuantizationKernel.Extents(x.Type, parameters.Axis);
        var (scales, zeros) = QuantizationKernel.Constants(context, parameters);
        context.Call(typeof(Kernels.QuantizeLinear), nameof(Kernels.QuantizeLinear.Run), x, scales, zeros, context.Output, outer, channels, inner);
    }
}
