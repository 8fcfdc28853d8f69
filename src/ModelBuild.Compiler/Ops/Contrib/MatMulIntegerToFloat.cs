namespace ModelBuild.Compiler.Ops;

/// <summary>The product of quantized matrices as floats. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulIntegerToFloat</summary>
internal sealed class MatMulIntegerToFloat : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var y = f.Add("MatMul", Requantized.Real(f, 0, 2, 4), Requantized.Real(f, 1, 3, 5, f.Type(1).Rank - 1));
        f.Output(0, f.Input(6) is { } bias ? f.Add("Add", y, bias) : y);
    }
}
