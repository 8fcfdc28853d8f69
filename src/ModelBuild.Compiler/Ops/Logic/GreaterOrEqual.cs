using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = a &gt;= b; false where either is NaN. https://onnx.ai/onnx/operators/onnx__GreaterOrEqual.html
/// Versions: 12, 16 (bfloat16).
/// </summary>
internal sealed class GreaterOrEqual : BinaryOp
{
    public override IReadOnlyList<int> Versions => [12, 16];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) =>
        element.IsNumber() ? new BinaryOperations(null, typeof(GreaterOrEqual<>)) : default;

    protected override ElementType ResultOf(ElementType element) => ElementType.Bool;

    protected override Dim? Combine(Dim a, Dim b) => (a - b).IsNeverNegative ? Dim.One : DimSign.IsPositive(b - a) ? Dim.Zero : null;
}
