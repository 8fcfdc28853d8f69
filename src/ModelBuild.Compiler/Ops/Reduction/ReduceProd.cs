using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The product. https://onnx.ai/onnx/operators/onnx__ReduceProd.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceProd : ReduceOp
{
    protected override object FloatReduction => default(ReduceProdF32);

    protected override (System.Type Operation, Scalar Start)? OperationOn(ElementType element) =>
        element == ElementType.Double ? (typeof(Mul<>), 1d) : element.IsInteger() ? (typeof(Mul<>), 1) : null;
}
