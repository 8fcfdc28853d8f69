namespace ModelBuild.Compiler.Ops;

/// <summary>QLinearConv whose channels may come last; weights are as in ONNX. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearConv</summary>
internal sealed class MsQLinearConv : ContribOp
{
    public override string Name => "QLinearConv";

    public override void Expand(FunctionContext f) => f.Output(0, ChannelsLast.Apply(
        f,
        f.Require(0),
        x => f.Add("QLinearConv", f.Attributes.Without("channels_last"), x, f.Require(1), f.Input(2), f.Require(3), f.Require(4), f.Input(5), f.Require(6), f.Input(7), f.Input(8)),
        f.Attributes.Flag("channels_last")));
}
