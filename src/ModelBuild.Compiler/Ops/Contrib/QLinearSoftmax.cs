using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Softmax of a quantized tensor, quantized. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearSoftmax</summary>
internal sealed class QLinearSoftmax : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var x = Requantized.Real(f, 0, 1, 2);
        f.Output(0, Requantized.Quantized(f, f.Add("Softmax", Attributes.Of(("axis", f.Attributes.Get("axis", -1L))), x), 3, 4));
    }
}
