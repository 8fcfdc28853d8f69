using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// x + bias below -lambd, x - bias above lambd, and 0 between. https://onnx.ai/onnx/operators/onnx__Shrink.html
/// Versions: 9.
/// </summary>
internal sealed class Shrink : FunctionOp
{
    public override IReadOnlyList<int> Versions => [9];

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        Value Number(float value) => f.Add("Cast", Attributes.Of(("to", (long)x.Type.Element)), f.Scalar(value));
        var (bias, limit) = (Number(f.Attributes.Get("bias", 0f)), f.Attributes.Get("lambd", 0.5f));
        var low = f.Add("Where", f.Add("Less", x, Number(-limit)), f.Add("Add", x, bias), Number(0));
        f.Output(0, f.Add("Where", f.Add("Greater", x, Number(limit)), f.Add("Sub", x, bias), low));
    }
}
