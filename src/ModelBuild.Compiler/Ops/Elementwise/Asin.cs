using System.Collections.Generic;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the angle whose sine is x. https://onnx.ai/onnx/operators/onnx__Asin.html
/// Versions: 7, 22 (bfloat16). Computed in 64 bits.
/// </summary>
internal sealed class Asin : MathOp
{
    public override IReadOnlyList<int> Versions => [7, 22];

    protected override MathFunction Function => MathFunction.Asin;
}
