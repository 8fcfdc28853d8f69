using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = -x. https://onnx.ai/onnx/operators/onnx__Neg.html
/// Versions: 1, 6 (no consumed_inputs; integers), 13 (bfloat16).
/// </summary>
internal sealed class Neg : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 13];

    public override object Operation(Attributes attributes, Node node) => new NegF32();

    protected override StructLiteral? OperationOn(ElementType element) => element.IsNumber() ? ElementKinds.Operation(typeof(Neg<>), element) : null;
}
