using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = tanh(x). https://onnx.ai/onnx/operators/onnx__Tanh.html
/// Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
/// </summary>
internal sealed class Tanh : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 13];

    public override object Operation(Attributes attributes, Node node) => new TanhF32();

    protected override MathFunction? Function => MathFunction.Tanh;
}
