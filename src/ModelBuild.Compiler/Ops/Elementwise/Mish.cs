using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x * tanh(ln(1 + e^x)). https://onnx.ai/onnx/operators/onnx__Mish.html
/// Versions: 18, 22 (bfloat16).
/// </summary>
internal sealed class Mish : UnaryOp
{
    public override IReadOnlyList<int> Versions => [18, 22];

    public override object Operation(Attributes attributes, Node node) => new MishF32();

    protected override Value Define(FunctionContext context, Value x) => context.Add("Mul", x, context.Add("Tanh", context.Add("Softplus", x)));
}
