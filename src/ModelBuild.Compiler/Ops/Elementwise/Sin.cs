using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = sin(x). https://onnx.ai/onnx/operators/onnx__Sin.html
/// Versions: 7, 22 (bfloat16).
/// </summary>
internal sealed class Sin : UnaryOp
{
    public override IReadOnlyList<int> Versions => [7, 22];

    public override object Operation(Attributes attributes, Node node) => new SinF32();

    protected override MathFunction? Function => MathFunction.Sin;
}
