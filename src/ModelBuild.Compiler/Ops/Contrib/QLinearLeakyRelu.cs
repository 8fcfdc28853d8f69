using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>LeakyRelu of a quantized tensor, quantized. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearLeakyRelu</summary>
internal sealed class QLinearLeakyRelu : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var x = Requantized.Real(f, 0, 1, 2);
        f.Output(0, Requantized.Quantized(f, f.Add("LeakyRelu", Attributes.Of(("alpha", f.Attributes.Get("alpha", 0.01f))), x), 3, 4));
    }
}
