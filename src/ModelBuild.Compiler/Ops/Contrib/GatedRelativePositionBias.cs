using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What WavLM adds to the scores of attention: a bias [1, heads, length, length], for each query times u (r a - 1) + 2, where u and r are sigmoids of sums over the halves of a
/// layer of it. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GatedRelativePositionBias
/// Rejected: sequences that are packed into one.
/// </summary>
internal sealed class GatedRelativePositionBias : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        if (f.Input(6) is not null || f.Type(0).Rank != 3)
        {
            throw OperatorException.Unsupported("sequences that are packed into one are not supported");
        }

        var queries = Heads.Split(f, f.Add("Add", f.Require(0), f.Require(1)), f.Attributes.Require<long>("num_heads"));
        var layer = f.Add("Add", f.Add("MatMul", queries, f.Require(3)), f.Require(4));
        var gates = f.Add("Sigmoid", f.Add("ReduceSum", Attributes.Of(("keepdims", 0)), f.Add("Reshape", layer, f.Constant(0, 0, 0, 2, -1)), f.Constant(-1L)));
        var parts = f.AddAll("Split", 2, Attributes.Of(("axis", -1), ("num_outputs", 2)), gates);
        var factor = f.Add("Add", f.Add("Mul", parts[0], f.Add("Sub", f.Add("Mul", parts[1], f.Require(5)), 1)), 2);
        f.Output(0, f.Add("Mul", factor, f.Require(2)));
    }
}
