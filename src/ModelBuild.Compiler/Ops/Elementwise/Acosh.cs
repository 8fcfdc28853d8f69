using System.Collections.Generic;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the number whose hyperbolic cosine is x. https://onnx.ai/onnx/operators/onnx__Acosh.html
/// Versions: 9, 22 (bfloat16). Computed in 64 bits.
/// </summary>
internal sealed class Acosh : MathOp
{
    public override IReadOnlyList<int> Versions => [9, 22];

    protected override MathFunction Function => MathFunction.Acosh;
}
