namespace ModelBuild.Compiler.Ops;

/// <summary>Dropout(data + bias) + residual, where the residual is optional. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.BiasDropout</summary>
internal sealed class BiasDropout : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var results = f.AddAll("Dropout", 2, f.Attributes, f.Add("Add", f.Require(0), f.Require(1)), f.Input(3), f.Input(4));
        f.Output(0, f.Input(2) is { } residual ? f.Add("Add", results[0], residual) : results[0]);
        f.Output(1, results[1]);
    }
}
