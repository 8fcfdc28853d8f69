using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The left half of the channels of x + bias, times Gelu of the right half. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.BiasSplitGelu</summary>
internal sealed class BiasSplitGelu : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var halves = f.AddAll("Split", 2, Attributes.Of(("axis", -1), ("num_outputs", 2)), f.Add("Add", f.Require(0), f.Require(1)));
        f.Output(0, f.Add("Mul", halves[0], f.Add("Gelu", halves[1])));
    }
}
