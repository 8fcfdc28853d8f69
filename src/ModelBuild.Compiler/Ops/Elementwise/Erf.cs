using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = 2 / sqrt(pi) * the integral of e^-t^2 from 0 to x. https://onnx.ai/onnx/operators/onnx__Erf.html
/// Versions: 9, 13 (bfloat16).
/// </summary>
internal sealed class Erf : UnaryOp
{
    public override IReadOnlyList<int> Versions => [9, 13];

    public override object Operation(Attributes attributes, Node node) => new ErfF32();

    protected override MathFunction? Function => MathFunction.Erf;
}
