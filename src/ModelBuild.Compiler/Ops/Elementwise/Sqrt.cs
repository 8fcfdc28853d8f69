using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = square root of x, NaN below zero. https://onnx.ai/onnx/operators/onnx__Sqrt.html
/// Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
/// </summary>
internal sealed class Sqrt : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 13];

    public override object Operation(Attributes attributes, Node node) => new SqrtF32();

    protected override MathFunction? Function => MathFunction.Sqrt;
}
