using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x &lt; 0 ? alpha * x : x. https://onnx.ai/onnx/operators/onnx__LeakyRelu.html
/// Versions: 1, 6 (no consumed_inputs), 16 (bfloat16).
/// </summary>
internal sealed class LeakyRelu : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 16];

    public override object Operation(Attributes attributes, Node node) => new LeakyReluF32(attributes.Get("alpha", 0.01f));

    protected override Value Define(FunctionContext context, Value x) =>
        context.Add("Where", context.Add("Less", x, 0), context.Add("Mul", x, context.Attributes.Get("alpha", 0.01f)), x);
}
