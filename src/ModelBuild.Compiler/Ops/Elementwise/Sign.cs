using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = -1, 0 or 1. https://onnx.ai/onnx/operators/onnx__Sign.html
/// Versions: 9, 13 (bfloat16).
/// </summary>
internal sealed class Sign : UnaryOp
{
    public override IReadOnlyList<int> Versions => [9, 13];

    public override object Operation(Attributes attributes, Node node) => new SignF32();

    protected override StructLiteral? OperationOn(ElementType element) => element.IsInteger() ? ElementKinds.Operation(typeof(Sign<>), element) : null;

    protected override MathFunction? Function => MathFunction.Sign;
}
