namespace ModelBuild.Compiler.Ops;

/// <summary>Where of quantized tensors, quantized. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearWhere</summary>
internal sealed class QLinearWhere : ContribOp
{
    public override void Expand(FunctionContext f) =>
        f.Output(0, Requantized.Quantized(f, f.Add("Where", f.Require(0), Requantized.Real(f, 1, 2, 3), Requantized.Real(f, 4, 5, 6)), 7, 8));
}
