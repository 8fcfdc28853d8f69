namespace ModelBuild.Compiler.Ops;

/// <summary>Rows of a table; what training would do with them is of no concern. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.TorchEmbedding</summary>
internal sealed class TorchEmbedding : ContribOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Gather", f.Require(0), f.Require(1)));
}
