namespace ModelBuild.Compiler.Ops;

/// <summary>QuantizeLinear of ONNX; parameters of the whole tensor may be vectors of one element. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QuantizeLinear</summary>
internal sealed class MsQuantizeLinear : ContribOp
{
    public override string Name => "QuantizeLinear";

    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Add("QuantizeLinear", f.Attributes, f.Require(0), f.One(f.Require(1)), f.Input(2) is { } zero ? f.One(zero) : null));
}
