using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the smallest integer that is not below x. https://onnx.ai/onnx/operators/onnx__Ceil.html
/// Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
/// </summary>
internal sealed class Ceil : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 13];

    public override object Operation(Attributes attributes, Node node) => new CeilF32();

    protected override MathFunction? Function => MathFunction.Ceil;
}
