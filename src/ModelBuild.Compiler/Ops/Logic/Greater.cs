using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = a &gt; b; false where either is NaN. https://onnx.ai/onnx/operators/onnx__Greater.html
/// Versions: 1 (broadcasting by attribute), 7 (numpy broadcasting), 9 (integers), 13 (bfloat16).
/// </summary>
internal sealed class Greater : BinaryOp
{
    public override IReadOnlyList<int> Versions => [1, 7, 9, 13];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) =>
        element.IsNumber() ? new BinaryOperations(null, typeof(Greater<>)) : default;

    protected override ElementType ResultOf(ElementType element) => ElementType.Bool;

    protected override Dim? Combine(Dim a, Dim b) => DimSign.IsPositive(a - b) ? Dim.One : (b - a).IsNeverNegative ? Dim.Zero : null;
}
