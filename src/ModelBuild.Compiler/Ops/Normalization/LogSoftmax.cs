using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = ln(e^x / sum of e^x along an axis). https://onnx.ai/onnx/operators/onnx__LogSoftmax.html
/// Versions: 1, 11 (negative axes), 13 (one axis rather than all from it on; bfloat16). Not supported: double.
/// </summary>
internal sealed class LogSoftmax : SoftmaxOp
{
    protected override void Emit(LowerContext context, Value x, Value y, Dim outer, Dim axis, Dim inner) =>
        context.Call(typeof(LogSoftmaxF32), nameof(LogSoftmaxF32.Run), x, y, outer, axis, inner);
}
