using System.Collections.Generic;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the sum of all inputs, from left to right. https://onnx.ai/onnx/operators/onnx__Sum.html
/// Versions: 1, 6 (no consumed_inputs), 8 (broadcasting), 13 (bfloat16).
/// </summary>
internal sealed class Sum : VariadicOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 8, 13];

    protected override BinaryOperations Operations => new(new AddF32(), typeof(Add<>));
}
