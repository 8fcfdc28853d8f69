using System.Collections.Generic;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the hyperbolic cosine of x. https://onnx.ai/onnx/operators/onnx__Cosh.html
/// Versions: 9, 22 (bfloat16). Computed in 64 bits.
/// </summary>
internal sealed class Cosh : MathOp
{
    public override IReadOnlyList<int> Versions => [9, 22];

    protected override MathFunction Function => MathFunction.Cosh;
}
