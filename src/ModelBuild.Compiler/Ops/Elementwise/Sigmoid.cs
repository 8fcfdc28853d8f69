using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = 1 / (1 + e^-x). https://onnx.ai/onnx/operators/onnx__Sigmoid.html
/// Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
/// </summary>
internal sealed class Sigmoid : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 13];

    public override object Operation(Attributes attributes, Node node) => new SigmoidF32();

    protected override MathFunction? Function => MathFunction.Sigmoid;
}
