using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = max(0, min(1, alpha * x + beta)). https://onnx.ai/onnx/operators/onnx__HardSigmoid.html
/// Versions: 1, 6 (no consumed_inputs), 22 (bfloat16).
/// </summary>
internal sealed class HardSigmoid : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 22];

    public override object Operation(Attributes attributes, Node node) => new HardSigmoidF32(attributes.Get("alpha", 0.2f), attributes.Get("beta", 0.5f));

    protected override Value Define(FunctionContext context, Value x)
    {
        var line = context.Add("Add", context.Add("Mul", x, context.Attributes.Get("alpha", 0.2f)), context.Attributes.Get("beta", 0.5f));
        return context.Add("Max", context.Add("Min", line, 1), 0);
    }
}
