using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = (x - offset) * scale, one of each or one for each feature. https://onnx.ai/onnx/operators/onnx_aionnxml_Scaler.html
/// Versions: 1.
/// </summary>
internal sealed class Scaler : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        x = x.Type.Element == ElementType.Float ? x : f.Add("Cast", Attributes.Of(("to", (long)ElementType.Float)), x);
        Value Row(string name) => f.Attributes.Require<float[]>(name) is var values ? f.Constant(Tensor.Of<float>(values, values.Length)) : throw new InvalidOperationException();
        f.Output(0, f.Add("Mul", f.Add("Sub", x, Row("offset")), Row("scale")));
    }
}
