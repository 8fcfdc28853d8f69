using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>LayerNormalization of a sum of two tensors and a bias; the last output is that sum. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SkipLayerNormalization</summary>
internal sealed class SkipLayerNormalization : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var sum = Sum(f, 4);
        var results = f.AddAll("LayerNormalization", 3, Attributes.Of(("axis", -1), ("epsilon", f.Attributes.Get("epsilon", 1e-12f))), sum, f.Require(2), f.Input(3));
        f.Output(0, results[0]);
        f.Output(1, results[1]);
        f.Output(2, results[2]);
        f.Output(3, sum);
    }

    /// <summary>What is normalized; <paramref name="bias"/> is the input that may be the bias. A skip of fewer axes is the same for the whole batch.</summary>
    public static Value Sum(FunctionContext f, int bias)
    {
        var sum = f.Add("Add", f.Require(0), f.Require(1));
        return f.Input(bias) is { } more ? f.Add("Add", sum, more) : sum;
    }
}
