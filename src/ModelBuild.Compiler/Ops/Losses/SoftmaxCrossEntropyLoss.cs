using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// NegativeLogLikelihoodLoss of LogSoftmax along axis 1; the second output is that logarithm. https://onnx.ai/onnx/operators/onnx__SoftmaxCrossEntropyLoss.html
/// Versions: 12, 13 (bfloat16).
/// </summary>
internal sealed class SoftmaxCrossEntropyLoss : FunctionOp
{
    public override IReadOnlyList<int> Versions => [12, 13];

    public override void Expand(FunctionContext context)
    {
        var logarithms = context.Add("LogSoftmax", Attributes.Of(("axis", 1)), context.Require(0));
        context.Output(0, NegativeLogLikelihoodLoss.Loss(context, logarithms, context.Require(1), context.Input(2)));
        context.Output(1, logarithms);
    }
}
