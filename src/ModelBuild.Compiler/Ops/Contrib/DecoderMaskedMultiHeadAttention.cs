using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// MultiHeadAttention of one query: the inputs stand in another order, and keys and values may be packed into the query.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.DecoderMaskedMultiHeadAttention
/// The buffer of keys is not reordered, as on a processor without CUDA. Rejected: beams.
/// </summary>
internal sealed class DecoderMaskedMultiHeadAttention : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        if (f.Input(9) is not null)
        {
            throw OperatorException.Unsupported("a cache that goes through beams is not supported");
        }

        var (q, k, v) = (f.Require(0), f.Input(1), f.Input(2));
        if (k is null)
        {
            var size = f.Input(5) is { Type: { Rank: 4 } past } && past[3].IsConstant ? f.Attributes.Require<long>("num_heads") * past[3].Constant : q.Type[2].Constant / 3;
            var parts = f.AddAll("Split", 3, Attributes.Of(("axis", -1)), q, f.Constant(size, size, q.Type[2].Constant - (2 * size)));
            (q, k, v) = (parts[0], parts[1], parts[2]);
        }

        string[] names = ["num_heads", "scale", "mask_filter_value"];
        var attributes = Attributes.Of(f.Attributes.All.Where(attribute => names.Contains(attribute.Key)).Select(attribute => (attribute.Key, attribute.Value)));
        var results = f.AddAll(
            "com.microsoft.MultiHeadAttention", f.Wants(3) ? 4 : f.Wants(1) || f.Wants(2) ? 3 : 1, attributes,
            q, k, v, f.Input(10), f.Input(3), f.Input(4), f.Input(5), f.Input(6), f.Attributes.Flag("past_present_share_buffer") ? f.Input(7) : null);
        for (var i = 0; i < results.Length; i++)
        {
            f.Output(i, results[i]);
        }
    }
}
