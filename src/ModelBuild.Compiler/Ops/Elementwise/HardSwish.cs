using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x * max(0, min(1, x / 6 + 0.5)). https://onnx.ai/onnx/operators/onnx__HardSwish.html
/// Versions: 14, 22 (bfloat16).
/// </summary>
internal sealed class HardSwish : UnaryOp
{
    public override IReadOnlyList<int> Versions => [14, 22];

    public override object Operation(Attributes attributes, Node node) => new HardSwishF32();

    protected override Value Define(FunctionContext context, Value x)
    {
        var gate = context.Add("Max", context.Add("Min", context.Add("Add", context.Add("Div", x, 6), 0.5), 1), 0);
        return context.Add("Mul", x, gate);
    }
}
