namespace ModelBuild.Compiler.Ops;

/// <summary>Sigmoid of a quantized tensor, quantized. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearSigmoid</summary>
internal sealed class QLinearSigmoid : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var x = Requantized.Real(f, 0, 1, 2);
        f.Output(0, Requantized.Quantized(f, f.Add("Sigmoid", x), 3, 4));
    }
}
