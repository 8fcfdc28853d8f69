using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x &lt; 0 ? alpha * (e^x - 1) : x. https://onnx.ai/onnx/operators/onnx__Elu.html
/// Versions: 1, 6 (no consumed_inputs), 22 (bfloat16).
/// </summary>
internal sealed class Elu : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 22];

    public override object Operation(Attributes attributes, Node node) => new EluF32(attributes.Get("alpha", 1f));

    protected override Value Define(FunctionContext context, Value x)
    {
        var negative = context.Add("Mul", context.Add("Sub", context.Add("Exp", x), 1), context.Attributes.Get("alpha", 1f));
        return context.Add("Where", context.Add("Less", x, 0), negative, x);
    }
}
