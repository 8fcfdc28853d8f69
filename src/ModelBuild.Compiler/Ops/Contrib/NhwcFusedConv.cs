namespace ModelBuild.Compiler.Ops;

/// <summary>Conv with channels last, then a sum with a fourth input, then an activation; weights are as in ONNX. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.NhwcFusedConv</summary>
internal sealed class NhwcFusedConv : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var attributes = f.Attributes.Without("activation").Without("activation_params");
        var y = ChannelsLast.Apply(f, f.Require(0), x => f.Add("Conv", attributes, x, f.Require(1), f.Input(2)), true);
        f.Output(0, FusedActivation.Apply(f, f.Input(3) is { } sum ? f.Add("Add", y, sum) : y));
    }
}
