namespace ModelBuild.Compiler.Ops;

/// <summary>Mul of quantized tensors, quantized. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearMul</summary>
internal sealed class QLinearMul : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f) =>
        f.Output(0, Requantized.Quantized(f, f.Add("Mul", Requantized.Real(f, 0, 1, 2), Requantized.Real(f, 3, 4, 5)), 6, 7));
}
