using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = max(x, 0). https://onnx.ai/onnx/operators/onnx__Relu.html
/// Versions: 1, 6 (no consumed_inputs), 13 (bfloat16), 14 (integers).
/// </summary>
internal sealed class Relu : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 13, 14];

    public override object Operation(Attributes attributes, Node node) => new ReluF32();

    protected override Value Define(FunctionContext context, Value x) => context.Add("Max", x, 0);
}
