using System.Collections.Generic;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the tangent of x. https://onnx.ai/onnx/operators/onnx__Tan.html
/// Versions: 7, 22 (bfloat16). Computed in 64 bits.
/// </summary>
internal sealed class Tan : MathOp
{
    public override IReadOnlyList<int> Versions => [7, 22];

    protected override MathFunction Function => MathFunction.Tan;
}
