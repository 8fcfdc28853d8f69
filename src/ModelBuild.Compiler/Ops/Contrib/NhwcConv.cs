namespace ModelBuild.Compiler.Ops;

/// <summary>Conv with channels last; weights are as in ONNX. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.NhwcConv</summary>
internal sealed class NhwcConv : ContribOp
{
    public override void Expand(FunctionContext f) =>
        f.Output(0, ChannelsLast.Apply(f, f.Require(0), x => f.Add("Conv", f.Attributes, x, f.Require(1), f.Input(2)), true));
}
