using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = max(0, x) + min(0, alpha * (e^(x / alpha) - 1)). https://onnx.ai/onnx/operators/onnx__Celu.html
/// Versions: 12, 28 (more types).
/// </summary>
internal sealed class Celu : UnaryOp
{
    public override IReadOnlyList<int> Versions => [12, 28];

    public override object Operation(Attributes attributes, Node node) => new CeluF32(attributes.Get("alpha", 1f));

    protected override Value Define(FunctionContext context, Value x)
    {
        var alpha = context.Attributes.Get("alpha", 1f);
        var negative = context.Add("Mul", context.Add("Sub", context.Add("Exp", context.Add("Div", x, alpha)), 1), alpha);
        return context.Add("Add", context.Add("Max", x, 0), context.Add("Min", negative, 0));
    }
}
