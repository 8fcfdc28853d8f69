using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = gamma * (x > 0 ? x : alpha * (e^x - 1)). https://onnx.ai/onnx/operators/onnx__Selu.html
/// Versions: 1 (other defaults), 6 (no consumed_inputs; the defaults of the paper), 22 (bfloat16).
/// </summary>
internal sealed class Selu : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 22];

    public override object Operation(Attributes attributes, Node node)
    {
        var (alpha, gamma) = Defaults(node.Version);
        return new SeluF32(attributes.Get("alpha", alpha), attributes.Get("gamma", gamma));
    }

    protected override Value Define(FunctionContext context, Value x)
    {
        var (alpha, gamma) = Defaults(context.Version);
        var negative = context.Add("Mul", context.Add("Sub", context.Add("Exp", x), 1), context.Attributes.Get("alpha", alpha));
        return context.Add("Mul", context.Add("Where", context.Add("Greater", x, 0), x, negative), context.Attributes.Get("gamma", gamma));
    }

    private static (float Alpha, float Gamma) Defaults(int version) => version == 1 ? (1.6732f, 1.0507f) : (1.67326319f, 1.05070102f);
}
