using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>GroupNormalization with channels last, unless channels_last=0, and then SiLU, if activation=1. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GroupNorm</summary>
internal sealed class GroupNorm : ContribOp
{
    public override void Expand(FunctionContext f) => f.Output(0, Normalize(f, f.Require(0)));

    /// <summary>The node's normalization of <paramref name="x"/>; scale and bias are the inputs 1 and 2.</summary>
    public static Value Normalize(FunctionContext f, Value x)
    {
        var attributes = Attributes.Of(("num_groups", f.Attributes.Require<long>("groups")), ("epsilon", f.Attributes.Get("epsilon", 1e-5f)));
        Value Factor(int input) => f.As(f.Require(input), x.Type.Element);
        var y = ChannelsLast.Apply(f, x, value => f.Add("GroupNormalization", attributes, value, Factor(1), Factor(2)), f.Attributes.Flag("channels_last", true));
        return f.Attributes.Require<long>("activation") switch
        {
            0 => y,
            1 => f.Add("Swish", y),
            var other => throw new OperatorException($"activation={other} is neither 0 nor 1"),
        };
    }
}
