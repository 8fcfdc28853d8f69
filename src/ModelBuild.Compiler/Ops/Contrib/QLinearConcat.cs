using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Concat of quantized tensors, each with scale and zero point, quantized. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearConcat</summary>
internal sealed class QLinearConcat : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        Value?[] parts = [.. Enumerable.Range(0, (f.InputCount - 2) / 3).Select(i => Requantized.Real(f, 2 + (3 * i), 3 + (3 * i), 4 + (3 * i)))];
        f.Output(0, Requantized.Quantized(f, f.Add("Concat", Attributes.Of(("axis", f.Attributes.Require<long>("axis"))), parts), 0, 1));
    }
}
