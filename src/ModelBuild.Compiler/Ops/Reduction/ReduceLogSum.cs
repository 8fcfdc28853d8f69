using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The natural logarithm of the sum. https://onnx.ai/onnx/operators/onnx__ReduceLogSum.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceLogSum : ReduceOp
{
    protected override object FloatReduction => default(ReduceLogSumF32);
}
