using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x / (1 + e^-(alpha * x)). https://onnx.ai/onnx/operators/onnx__Swish.html
/// Versions: 24.
/// </summary>
internal sealed class Swish : UnaryOp
{
    public override IReadOnlyList<int> Versions => [24];

    public override object Operation(Attributes attributes, Node node) => new SwishF32(attributes.Get("alpha", 1f));

    protected override Value Define(FunctionContext context, Value x) =>
        context.Add("Mul", x, context.Add("Sigmoid", context.Add("Mul", x, context.Attributes.Get("alpha", 1f))));
}
