using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the nearest integer, halves to the even one. https://onnx.ai/onnx/operators/onnx__Round.html
/// Versions: 11, 22 (bfloat16).
/// </summary>
internal sealed class Round : UnaryOp
{
    public override IReadOnlyList<int> Versions => [11, 22];

    public override object Operation(Attributes attributes, Node node) => new RoundF32();

    protected override MathFunction? Function => MathFunction.Round;
}
