using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>LayerNormalization of a sum of two tensors and a bias; the last output is that sum. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SkipLayerNormalization</summary>
internal sealed class SkipLayerNormalization : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var sum = f.Add("Add", f.Require(0), f.Require(1));
        sum = f.Input(4) is { } bias ? f.Add("Add", sum, bias) : sum;
        f.Output(0, f.Add("LayerNormalization", Attributes.Of(("axis", -1), ("epsilon", f.Attributes.Get("epsilon", 1e-12f))), sum, f.Require(2), f.Input(3)));
        f.Output(3, sum);
    }
}
