using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The natural logarithm of the sum of e^x. https://onnx.ai/onnx/operators/onnx__ReduceLogSumExp.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceLogSumExp : ReduceOp
{
    protected override object FloatReduction => default(ReduceSumF32);

    // The largest value is taken out of the sum, which a reduction that sees each value once cannot do.
    protected override void EmitFloat(LowerContext context, Value x, Value y, Dim outer, Dim axis, Dim inner) =>
        context.Call(typeof(ReduceLogSumExpF32), nameof(ReduceLogSumExpF32.Run), x, y, outer, axis, inner);
}
