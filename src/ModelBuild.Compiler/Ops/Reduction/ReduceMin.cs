using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The smallest value, NaN where any is. https://onnx.ai/onnx/operators/onnx__ReduceMin.html
/// Versions: 1, 11 (negative axes), 12 (8-bit integers), 13 (bfloat16), 18 (axes is an input), 20 (truth values).
/// </summary>
internal sealed class ReduceMin : ReduceOp
{
    public override IReadOnlyList<int> Versions => [1, 11, 12, 13, 18, 20];

    protected override object FloatReduction => default(ReduceMinF32);

    protected override (System.Type Operation, Scalar Start)? OperationOn(ElementType element) =>
        element == ElementType.Bool ? (typeof(Kernels.And), true) : Limits.Largest(element) is { } start ? (typeof(Min<>), start) : null;

    // The largest integer of 64 bits without a sign is no number of a plan; turned over, it is 0.
    protected override Value Define(FunctionContext context, Value x) =>
        context.Add("BitwiseNot", Along(context, "ReduceMax", context.Add("BitwiseNot", x)));
}
