using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What the fused matrix products share: alpha * a * b. transA and transB exchange the last two axes; transBatchA and transBatchB say that the first axis of the batch
/// stands in front of the last one: [rows, batch.., inner] where [batch.., rows, inner] is multiplied.
/// </summary>
internal static class MatrixProduct
{
    public static Value Compute(FunctionContext f)
    {
        var y = f.Add("MatMul", Turned(f, 0, "A"), Turned(f, 1, "B"));
        return f.Attributes.Get("alpha", 1f) is var alpha && alpha == 1 ? y : f.Add("Mul", y, alpha);
    }

    private static Value Turned(FunctionContext f, int input, string operand)
    {
        var x = f.Require(input);
        var (swaps, hasBatchInside) = (f.Attributes.Flag($"trans{operand}"), f.Attributes.Flag($"transBatch{operand}"));
        if (x.Type.Rank < 2 || !(swaps || hasBatchInside))
        {
            return x;
        }

        // [rows, batch.., inner], or with both, [inner, batch.., rows], becomes [batch.., rows, inner].
        long[] axes = [.. Enumerable.Range(0, x.Type.Rank).Select(axis => (long)axis)];
        axes = hasBatchInside ? [.. axes[1..^1], axes[0], axes[^1]] : axes;
        axes = swaps ? [.. axes[..^2], axes[^1], axes[^2]] : axes;
        return f.Add("Transpose", Attributes.Of(("perm", axes)), x);
    }
}
