namespace ModelBuild.Compiler.Ops;

/// <summary>Conv, then a sum with a fourth input, then an activation. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FusedConv</summary>
internal sealed class FusedConv : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var y = f.Add("Conv", f.Attributes.Without("activation").Without("activation_params"), f.Require(0), f.Require(1), f.Input(2));
        f.Output(0, FusedActivation.Apply(f, f.Input(3) is { } sum ? f.Add("Add", y, sum) : y));
    }
}
