using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x / (1 + |x|). https://onnx.ai/onnx/operators/onnx__Softsign.html
/// Versions: 1, 22 (bfloat16).
/// </summary>
internal sealed class Softsign : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 22];

    public override object Operation(Attributes attributes, Node node) => new SoftsignF32();

    protected override MathFunction? Function => MathFunction.Softsign;
}
