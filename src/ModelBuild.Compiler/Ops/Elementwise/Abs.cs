using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = |x|. https://onnx.ai/onnx/operators/onnx__Abs.html
/// Versions: 1, 6 (no consumed_inputs; integers), 13 (bfloat16).
/// </summary>
internal sealed class Abs : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 13];

    public override object Operation(Attributes attributes, Node node) => new AbsF32();

    protected override StructLiteral? OperationOn(ElementType element) => element.IsInteger() ? ElementKinds.Operation(typeof(Abs<>), element) : null;

    protected override MathFunction? Function => MathFunction.Abs;
}
