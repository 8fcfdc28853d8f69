using System;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Operators of ONNX Runtime whose channels may come last.</summary>
internal static class ChannelsLast
{
    /// <summary>Computes with channels second, where the model has them last if the attribute channels_last says so.</summary>
    public static Value Apply(FunctionContext f, Value x, Func<Value, Value> compute, bool isLast)
    {
        if (!isLast)
        {
            return compute(x);
        }

        var rank = x.Type.Rank;
        if (rank < 3)
        {
            throw new OperatorException($"{x.Type} has no spatial axes");
        }

        long[] toSecond = [0, rank - 1, .. Enumerable.Range(1, rank - 2).Select(axis => (long)axis)];
        long[] toLast = [0, .. Enumerable.Range(2, rank - 2).Select(axis => (long)axis), 1];
        return f.Add("Transpose", Attributes.Of(("perm", toLast)), compute(f.Add("Transpose", Attributes.Of(("perm", toSecond)), x)));
    }
}
