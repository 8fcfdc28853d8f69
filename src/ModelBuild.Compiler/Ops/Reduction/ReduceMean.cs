using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sum divided by the number of values. https://onnx.ai/onnx/operators/onnx__ReduceMean.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceMean : ReduceOp
{
    protected override object FloatReduction => default(ReduceMeanF32);
}
