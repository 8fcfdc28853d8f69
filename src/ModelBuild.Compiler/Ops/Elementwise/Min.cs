using System.Collections.Generic;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the smallest of all inputs, NaN where any is. https://onnx.ai/onnx/operators/onnx__Min.html
/// Versions: 1, 6 (no consumed_inputs), 8 (broadcasting), 12 (integers), 13 (bfloat16).
/// </summary>
internal sealed class Min : VariadicOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 8, 12, 13];

    protected override BinaryOperations Operations => new(new MinF32(), typeof(Min<>));

    protected override Dim? Combine(Dim a, Dim b) => Dim.Min(a, b);
}
