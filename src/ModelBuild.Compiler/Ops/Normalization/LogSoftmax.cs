using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = ln(e^x / sum of e^x along an axis). https://onnx.ai/onnx/operators/onnx__LogSoftmax.html
/// Versions: 1, 11 (negative axes), 13 (one axis rather than all from it on; bfloat16).
/// </summary>
internal sealed class LogSoftmax : SoftmaxOp
{
    protected override void Emit(LowerContext context, Value x, Value y, Dim outer, Dim axis, Dim inner) =>
        context.Call(typeof(LogSoftmaxF32), nameof(LogSoftmaxF32.Run), x, y, outer, axis, inner);

    protected override Value Define(FunctionContext context, Value x, long axis)
    {
        var difference = context.Add("Sub", x, context.Reduce("ReduceMax", x, [axis]));
        return context.Add("Sub", difference, context.Add("Log", context.Reduce("ReduceSum", context.Add("Exp", difference), [axis])));
    }
}
