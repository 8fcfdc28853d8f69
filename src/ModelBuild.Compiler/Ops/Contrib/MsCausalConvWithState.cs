using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A depthwise convolution over time that sees only the past. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.CausalConvWithState
/// Rejected: several spatial axes, channels last, dilation and windows of states.
/// </summary>
internal sealed class MsCausalConvWithState : ContribOp
{
    public override string Name => "CausalConvWithState";

    public override void Expand(FunctionContext f)
    {
        var a = f.Attributes;
        if (a.Get("ndim", 1L) != 1 || a.Flag("channels_last") || a.Get("dilation", 1L) != 1 || a.Get("state_window", 0L) != 0)
        {
            throw OperatorException.Unsupported("CausalConvWithState of several axes, with channels last, dilation or a window of states is not supported");
        }

        var results = f.AddAll("CausalConvWithState", 2, Attributes.Of(("activation", a.Get("activation", "none"))), f.Require(0), f.Require(1), f.Input(2), f.Input(3));
        f.Output(0, results[0]);
        f.Output(1, results[1]);
    }
}
