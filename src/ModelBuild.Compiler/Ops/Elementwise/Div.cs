using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = a / b; of integers the quotient rounded towards zero, and 0 for the divisor 0, which ONNX leaves open. https://onnx.ai/onnx/operators/onnx__Div.html
/// Versions: 1 (broadcasting by attribute), 6 (integers), 7 (numpy broadcasting), 13 (bfloat16), 14 (small integers).
/// </summary>
internal sealed class Div : BinaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 7, 13, 14];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) =>
        element.IsInteger() ? new BinaryOperations(null, typeof(DivInteger<>))
        : element.IsFloatingPoint() ? new BinaryOperations(new DivF32(), typeof(Div<>))
        : default;

    // Sizes are never negative, where rounding down and rounding towards zero agree.
    protected override Dim? Combine(Dim a, Dim b)
    {
        if (a.IsConstant && b.IsConstant)
        {
            return b.Constant == 0 ? null : a.Constant / b.Constant;
        }

        return Dim.ExactQuotient(a, b) ?? (a.IsNeverNegative && DimSign.IsPositive(b) ? Dim.FloorDiv(a, b) : null);
    }
}
