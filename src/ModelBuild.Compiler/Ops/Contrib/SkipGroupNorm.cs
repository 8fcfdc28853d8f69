using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>GroupNorm of a sum: x + skip + bias, where skip may be one vector for each image. The second output is the sum. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SkipGroupNorm</summary>
internal sealed class SkipGroupNorm : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        var isLast = f.Attributes.Flag("channels_last", true);
        Value Spread(Value value, long[] axes) => f.Add("Unsqueeze", value, f.Constant(axes));

        // The axes of pixels.
        long[] pixels = [.. Enumerable.Range(isLast ? 1 : 2, x.Type.Rank - 2).Select(axis => (long)axis)];
        var skip = f.Require(3).Type.Rank == 2 ? Spread(f.Require(3), pixels) : f.Require(3);
        var sum = f.Add("Add", x, skip);
        sum = f.Input(4) is { } bias ? f.Add("Add", sum, isLast ? bias : Spread(bias, [.. pixels.Select(axis => axis - 1)])) : sum;
        f.Output(0, GroupNorm.Normalize(f, sum));
        f.Output(1, sum);
    }
}
