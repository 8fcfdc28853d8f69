using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = a - b; integers wrap around. https://onnx.ai/onnx/operators/onnx__Sub.html
/// Versions: 1 (broadcasting by attribute), 6 (integers), 7 (numpy broadcasting), 13 (bfloat16), 14 (small integers).
/// </summary>
internal sealed class Sub : BinaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 7, 13, 14];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) =>
        element.IsNumber() ? new BinaryOperations(new SubF32(), typeof(Sub<>)) : default;

    protected override Dim? Combine(Dim a, Dim b) => a - b;
}
