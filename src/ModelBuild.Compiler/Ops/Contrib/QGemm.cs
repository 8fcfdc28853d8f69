using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Gemm of quantized matrices, quantized where there is a scale for the result. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QGemm</summary>
internal sealed class QGemm : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var (a, b) = (Requantized.Real(f, 0, 1, 2), Requantized.Real(f, 3, 4, 5, f.Attributes.Flag("transB") ? 0 : 1));
        var alpha = f.Attributes.Get("alpha", 1f);
        Value? c = f.Input(6) is { } bias ? f.Add("Mul", f.Add("Cast", Attributes.Of(("to", 1L)), bias), f.Add("Mul", f.Add("Mul", f.Require(1), f.Require(4)), f.Scalar(alpha))) : null;
        var y = f.Add("Gemm", Attributes.Of(("alpha", alpha), ("transA", f.Attributes.Get("transA", 0L)), ("transB", f.Attributes.Get("transB", 0L))), a, b, c);
        f.Output(0, f.Input(7) is null ? y : Requantized.Quantized(f, y, 7, 8));
    }
}
