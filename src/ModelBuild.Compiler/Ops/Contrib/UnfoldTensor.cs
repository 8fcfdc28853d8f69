using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>All windows of a size along an axis, which move by a step; the elements of a window are a new last axis. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.UnfoldTensor</summary>
internal sealed class UnfoldTensor : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        var axis = InferContext.Axis(f.Attributes.Get("dim", -1L), x.Type.Rank);
        var (size, step) = (f.Attributes.Require<long>("size"), f.Attributes.Get("step", 1L));
        Value Number(long value) => f.Constant(Tensor.Scalar(value));
        var count = f.Add("Add", f.Add("Div", f.Add("Sub", f.LengthOf(x, axis), Number(size)), Number(step)), Number(1));
        var starts = f.Add("Mul", f.Counted(count), Number(step));
        var indices = f.Add("Add", f.Add("Unsqueeze", starts, f.Constant(1L)), f.Counted(Number(size)));
        var windows = f.Add("Gather", Attributes.Of(("axis", axis)), x, indices);
        long[] order = [.. Enumerable.Range(0, x.Type.Rank + 1).Where(a => a != axis + 1).Select(a => (long)a), axis + 1];
        f.Output(0, f.Add("Transpose", Attributes.Of(("perm", order)), windows));
    }
}
