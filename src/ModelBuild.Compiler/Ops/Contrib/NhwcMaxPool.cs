namespace ModelBuild.Compiler.Ops;

/// <summary>MaxPool with channels last. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.NhwcMaxPool</summary>
internal sealed class NhwcMaxPool : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f) => f.Output(0, ChannelsLast.Apply(f, f.Require(0), x => f.Add("MaxPool", f.Attributes, x), true));
}
