using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The square root of the sum of squares. https://onnx.ai/onnx/operators/onnx__ReduceL2.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceL2 : ReduceOp
{
    protected override object FloatReduction => default(ReduceL2F32);
}
