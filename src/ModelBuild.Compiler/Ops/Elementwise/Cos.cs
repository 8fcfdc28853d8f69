using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = cos(x). https://onnx.ai/onnx/operators/onnx__Cos.html
/// Versions: 7, 22 (bfloat16).
/// </summary>
internal sealed class Cos : UnaryOp
{
    public override IReadOnlyList<int> Versions => [7, 22];

    public override object Operation(Attributes attributes, Node node) => new CosF32();

    protected override MathFunction? Function => MathFunction.Cos;
}
