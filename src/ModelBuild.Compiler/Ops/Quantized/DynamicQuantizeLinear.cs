using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Quantizes a tensor to unsigned bytes with the range that its own values have, and tells scale and zero point.
/// https://onnx.ai/onnx/operators/onnx__DynamicQuantizeLinear.html Versions: 11.
/// </summary>
internal sealed class DynamicQuantizeLinear : Op
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Infer(InferContext context)
    {
        context.Output(0, context.Type(0).With(ElementType.UInt8));
        context.Output(1, TensorType.Of(ElementType.Float));
        context.Output(2, TensorType.Of(ElementType.UInt8));
    }

    public override void Lower(LowerContext context)
    {
        var outputs = context.Node.Outputs;
        var scale = outputs.Count > 1 && outputs[1] is { } wantedScale ? wantedScale : context.Temporary(ElementType.Float, 1, "scale");
        var zeroPoint = outputs.Count > 2 && outputs[2] is { } wantedZero ? wantedZero : context.Temporary(ElementType.UInt8, 1, "zero");
        context.Call(typeof(DynamicQuantizeU8), nameof(DynamicQuantizeU8.Run), context.Input(0), context.Output, scale, zeroPoint);
    }
}
