using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = a or b. https://onnx.ai/onnx/operators/onnx__Or.html
/// Versions: 1 (broadcasting by attribute), 7 (numpy broadcasting).
/// </summary>
internal sealed class Or : BinaryOp
{
    public override IReadOnlyList<int> Versions => [1, 7];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) =>
        element == ElementType.Bool ? new BinaryOperations(null, typeof(Kernels.Or)) : default;
}
