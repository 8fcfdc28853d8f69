using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>ReduceMean of a quantized tensor, quantized. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearReduceMean</summary>
internal sealed class QLinearReduceMean : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var x = Requantized.Real(f, 0, 1, 2);
        f.Output(0, Requantized.Quantized(f, f.Add("ReduceMean", Attributes.Of(("keepdims", f.Attributes.Get("keepdims", 1L))), x, f.Attributes.Ints("axes") is { } axes ? f.Constant(axes) : null), 3, 4));
    }
}
