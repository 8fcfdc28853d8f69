using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = a &lt; b; false where either is NaN. https://onnx.ai/onnx/operators/onnx__Less.html
/// Versions: 1 (broadcasting by attribute), 7 (numpy broadcasting), 9 (integers), 13 (bfloat16).
/// </summary>
internal sealed class Less : BinaryOp
{
    public override IReadOnlyList<int> Versions => [1, 7, 9, 13];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) =>
        element.IsNumber() ? new BinaryOperations(null, typeof(Less<>)) : default;

    protected override ElementType ResultOf(ElementType element) => ElementType.Bool;

    protected override Dim? Combine(Dim a, Dim b) => DimSign.IsPositive(b - a) ? Dim.One : (a - b).IsNeverNegative ? Dim.Zero : null;
}
