using System.Collections.Generic;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the largest of all inputs, NaN where any is. https://onnx.ai/onnx/operators/onnx__Max.html
/// Versions: 1, 6 (no consumed_inputs), 8 (broadcasting), 12 (integers), 13 (bfloat16).
/// </summary>
internal sealed class Max : VariadicOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 8, 12, 13];

    protected override BinaryOperations Operations => new(new MaxF32(), typeof(Max<>));

    protected override Dim? Combine(Dim a, Dim b) => Dim.Max(a, b);
}
