using System.Collections.Generic;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sum. https://onnx.ai/onnx/operators/onnx__ReduceSum.html
/// Versions: 1, 11 (negative axes), 13 (axes is an input; bfloat16).
/// </summary>
internal sealed class ReduceSum : ReduceOp
{
    public override IReadOnlyList<int> Versions => [1, 11, 13];

    protected override int AxesAreInputFrom => 13;

    protected override object FloatReduction => default(ReduceSumF32);

    protected override (System.Type Operation, Scalar Start)? OperationOn(ElementType element) =>
        element == ElementType.Double ? (typeof(Add<>), 0d) : element.IsInteger() ? (typeof(Add<>), 0) : null;
}
