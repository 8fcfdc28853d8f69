using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>LayerNormalization of the sum of word, position and segment embeddings. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.EmbedLayerNormalization</summary>
internal sealed class EmbedLayerNormalization : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var ids = f.Require(0);
        Value Size(int axis) => f.Add("Gather", f.ShapeOf(ids), f.Constant(Tensor.Scalar((long)axis)));
        var positions = f.Input(8) ?? f.Add("Unsqueeze", f.Add("Range", f.Constant(Tensor.Scalar(0L)), Size(1), f.Constant(Tensor.Scalar(1L))), f.Constant(0L));
        var sum = f.Add("Add", f.Add("Gather", f.Require(2), ids), f.Add("Gather", f.Require(3), positions));
        sum = f.Input(1) is { } segment ? f.Add("Add", sum, f.Add("Gather", f.Require(4), segment)) : sum;
        f.Output(0, f.Add("LayerNormalization", Attributes.Of(("axis", -1), ("epsilon", f.Attributes.Get("epsilon", 1e-12f))), sum, f.Require(5), f.Require(6)));

        // How many tokens of each sample are not masked.
        f.Output(1, f.Wants(1) && f.Input(7) is { } mask
            ? f.Add("ReduceSum", Attributes.Of(("keepdims", 0)), mask, f.Constant(1L))
            : f.Add("Expand", f.Constant(Tensor.Scalar(0)), f.Add("Slice", f.ShapeOf(ids), f.Constant(0L), f.Constant(1L))));
        f.Output(2, sum);
    }
}
