using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the bitwise exclusive or of two integers. https://onnx.ai/onnx/operators/onnx__BitwiseXor.html
/// Versions: 18.
/// </summary>
internal sealed class BitwiseXor : BinaryOp
{
    public override IReadOnlyList<int> Versions => [18];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) =>
        element.IsInteger() ? new BinaryOperations(null, typeof(BitwiseXor<>)) : default;
}
