using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = ln(e^x + 1). https://onnx.ai/onnx/operators/onnx__Softplus.html
/// Versions: 1, 22 (bfloat16).
/// </summary>
internal sealed class Softplus : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 22];

    public override object Operation(Attributes attributes, Node node) => new SoftplusF32();

    protected override MathFunction? Function => MathFunction.Softplus;
}
