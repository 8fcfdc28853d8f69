namespace ModelBuild.Compiler.Ops;

/// <summary>y = x. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SampleOp</summary>
internal sealed class SampleOp : ContribOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Identity", f.Require(0)));
}
