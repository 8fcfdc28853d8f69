using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = e^x / sum of e^x along an axis. https://onnx.ai/onnx/operators/onnx__Softmax.html
/// Versions: 1, 11 (negative axes), 13 (one axis rather than all from it on; bfloat16).
/// </summary>
internal sealed class Softmax : SoftmaxOp
{
    protected override void Emit(LowerContext context, Value x, Value y, Dim outer, Dim axis, Dim inner) =>
        context.Call(typeof(SoftmaxF32), nameof(SoftmaxF32.Run), x, y, outer, axis, inner);

    protected override Value Define(FunctionContext context, Value x, long axis)
    {
        var exponential = context.Add("Exp", context.Add("Sub", x, context.Reduce("ReduceMax", x, [axis])));
        return context.Add("Div", exponential, context.Reduce("ReduceSum", exponential, [axis]));
    }
}
