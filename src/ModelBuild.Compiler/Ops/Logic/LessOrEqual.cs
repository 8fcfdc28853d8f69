using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = a &lt;= b; false where either is NaN. https://onnx.ai/onnx/operators/onnx__LessOrEqual.html
/// Versions: 12, 16 (bfloat16).
/// </summary>
internal sealed class LessOrEqual : BinaryOp
{
    public override IReadOnlyList<int> Versions => [12, 16];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) =>
        element.IsNumber() ? new BinaryOperations(null, typeof(LessOrEqual<>)) : default;

    protected override ElementType ResultOf(ElementType element) => ElementType.Bool;

    protected override Dim? Combine(Dim a, Dim b) => (b - a).IsNeverNegative ? Dim.One : DimSign.IsPositive(a - b) ? Dim.Zero : null;
}
