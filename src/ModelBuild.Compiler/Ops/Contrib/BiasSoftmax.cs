using System.Linq;

namespace ModelBuild.Compiler.Ops;

/// <summary>Softmax of a sum, over all axes from "axis" on; the bias is broadcast. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.BiasSoftmax</summary>
internal sealed class BiasSoftmax : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var sum = f.Add("Add", f.Require(0), f.Require(1));
        var (rank, shape) = (sum.Type.Rank, f.ShapeOf(sum));
        var axis = InferContext.Axis(f.Attributes.Get("axis", 1L), rank);
        long[] kept = [.. Enumerable.Repeat(0L, axis), -1];
        f.Output(0, axis == rank - 1 ? f.Add("Softmax", sum) : f.Add("Reshape", f.Add("Softmax", f.Add("Reshape", sum, f.Constant(kept))), shape));
    }
}
