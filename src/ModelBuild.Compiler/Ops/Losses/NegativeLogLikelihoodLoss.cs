using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The mean (by weight), the sum, or each of the losses -x[target] * weight[target]. https://onnx.ai/onnx/operators/onnx__NegativeLogLikelihoodLoss.html
/// Versions: 12, 13, 22 (more types).
/// </summary>
internal sealed class NegativeLogLikelihoodLoss : FunctionOp
{
    public override IReadOnlyList<int> Versions => [12, 13, 22];

    public override void Expand(FunctionContext context) => context.Output(0, Loss(context, context.Require(0), context.Require(1), context.Input(2)));

    /// <summary>The loss of logarithms of probabilities.</summary>
    public static Value Loss(FunctionContext context, Value logarithms, Value targets, Value? weights)
    {
        var type = logarithms.Type.Element;
        var isShort = type is ElementType.Float16 or ElementType.BFloat16;
        Value Cast(Value value, ElementType to) => isShort ? context.Add("Cast", Attributes.Of(("to", (long)to)), value) : value;
        var attributes = context.Attributes.Has("ignore_index") ? Attributes.Of(("ignore_index", context.Attributes.Get("ignore_index", 0L))) : Attributes.None;
        var picked = context.AddAll(
            $"{OwnDomain}.{nameof(PickLosses)}", 2, attributes, Cast(logarithms, ElementType.Float), targets, weights is null ? null : Cast(weights, ElementType.Float));
        Value Sum(Value value) => context.Add("ReduceSum", Attributes.Of(("keepdims", 0)), value);
        return Cast(context.Attributes.Get("reduction", "mean") switch
        {
            "none" => picked[0],
            "sum" => Sum(picked[0]),
            "mean" => context.Add("Div", Sum(picked[0]), Sum(picked[1])),
            var other => throw new OperatorException($"reduction=\"{other}\" is none of none, sum and mean"),
        }, type);
    }
}
