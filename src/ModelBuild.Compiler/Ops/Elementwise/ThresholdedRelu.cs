using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x > alpha ? x : 0. https://onnx.ai/onnx/operators/onnx__ThresholdedRelu.html
/// Versions: 10, 22 (bfloat16).
/// </summary>
internal sealed class ThresholdedRelu : UnaryOp
{
    public override IReadOnlyList<int> Versions => [10, 22];

    public override object Operation(Attributes attributes, Node node) => new ThresholdedReluF32(attributes.Get("alpha", 1f));

    protected override Value Define(FunctionContext context, Value x) =>
        context.Add("Where", context.Add("Greater", x, context.Attributes.Get("alpha", 1f)), x, context.Number(0, x));
}
