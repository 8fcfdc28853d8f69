using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>The attention operators of ONNX Runtime give what it gives itself.</summary>
public class ContribAttentionTests
{
    [SkippableTheory]
    [InlineData("none")]
    [InlineData("keys")]
    [InlineData("scores")]
    [InlineData("ends")]
    [InlineData("causal")]
    [InlineData("past")]
    [InlineData("sizes")]
    public void Attention(string what)
    {
        var node = new OneNode("Attention").With("num_heads", 2).Floats("batch=2,length=4,6");
        node = what == "sizes" ? node.With("qkv_hidden_sizes", (long[])[8, 8, 4]).Floats("6,20").Constant().Floats("20").Constant() : node.Floats("6,24").Constant().Floats("24").Constant();
        node = what switch
        {
            "keys" => node.Of("batch=2,length=4", 1, 1, 1, 0, 1, 1, 0, 0),
            "scores" => node.Of("batch=2,length=4,length=4", [.. Enumerable.Range(0, 32).Select(i => i % 5 == 2 ? 0 : 1)]),
            "ends" => node.Of("batch=2", 3, 1),
            "causal" => node.With("unidirectional", 1).With("scale", 0.7f),
            "past" => node.With("unidirectional", 1).Of("batch=2,total=7", 1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1).Floats("2,batch=2,2,past=3,4").Outputs(true, true),
            _ => node,
        };
        node.ShouldAgree();
    }

    [SkippableTheory]
    [InlineData("none")]
    [InlineData("biases")]
    [InlineData("mask")]
    [InlineData("cross")]
    [InlineData("past")]
    [InlineData("causal")]
    public void MultiHeadAttention(string what)
    {
        var node = new OneNode("MultiHeadAttention").With("num_heads", 2);
        node = what switch
        {
            "cross" => node.Floats("batch=2,length=3,8").Floats("batch=2,2,keys=5,4").Floats("batch=2,2,keys=5,4"),
            "past" or "causal" => node.Floats("batch=2,length=3,8").Floats("batch=2,length=3,8").Floats("batch=2,length=3,8"),
            _ => node.Floats("batch=2,length=3,8").Floats("batch=2,keys=5,8").Floats("batch=2,keys=5,6"),
        };
        node = what switch
        {
            "biases" => node.Floats("22").Absent().Floats("1,2,length=3,keys=5", 3),
            "mask" => node.Absent().Of("batch=2,keys=5", 1, 1, 0, 1, 0, 1, 0, 1, 1, 1),
            "past" => node.Floats("24").Absent(2).Floats("batch=2,2,past=2,4").Floats("batch=2,2,past=2,4").Outputs(true, true, true),
            "causal" => node.With("unidirectional", 1).With("scale", 0.25f),
            _ => node,
        };
        node.ShouldAgree();
    }

    [SkippableTheory]
    [InlineData("keys of their own")]
    [InlineData("biases")]
    [InlineData("mask")]
    [InlineData("cross")]
    [InlineData("cross with scores")]
    public void DecoderMaskedMultiHeadAttention(string what)
    {
        var node = new OneNode("DecoderMaskedMultiHeadAttention").With("num_heads", 2);
        if (what.StartsWith("cross", StringComparison.Ordinal))
        {
            node = node.Floats("batch=2,1,8").Floats("batch=2,2,keys=5,4").Floats("batch=2,2,keys=5,4");
            (what == "cross" ? node : node.With("output_qk", 1).Outputs(true, false, false, true)).ShouldAgree();
            return;
        }

        node = node.With("past_present_share_buffer", 1);
        node = node.Floats("batch=2,1,8").Floats("batch=2,1,8").Floats("batch=2,1,8");
        node = what == "mask" ? node.Of("batch=2,total=4", 1, 0, 1, 1, 1, 1, 1, 1) : node.Absent();
        node = node.Absent().Floats("batch=2,2,most=6,4").Floats("batch=2,2,most=6,4").Of("1", 3);
        (what == "biases" ? node.Absent(2).Floats("24") : node).Outputs(true, true, true).ShouldAgree();
    }

    [SkippableTheory]
    [InlineData("prompt", 40, 40)]
    [InlineData("prompt with rotation", 40, 40)]
    [InlineData("prompt packed", 40, 40)]
    [InlineData("token", 1, 37)]
    public void SparseAttention(string what, int length, int total)
    {
        // Two layouts of three blocks of 16 tokens, of which the second has one block less.
        const int Size = 16;
        var node = new OneNode("SparseAttention").With("num_heads", 4).With("kv_num_heads", 2).With("sparse_block_size", 16);
        node = what.EndsWith("packed", StringComparison.Ordinal) ? node.Floats($"batch=2,length={length},{8 * Size}").Absent(2)
            : node.Floats($"batch=2,length={length},{4 * Size}").Floats($"batch=2,length={length},{2 * Size}").Floats($"batch=2,length={length},{2 * Size}");
        node = node.Floats($"batch=2,2,48,{Size}").Floats($"batch=2,2,48,{Size}").Of("2,4", 0, 1, 3, 6, 0, 1, 2, 4).Constant().Of("2,6", 0, 0, 1, 0, 1, 2, 0, 1, 0, 2, -1, -1).Constant().Of("1", total).Of("batch=2", total, total);
        node = what.EndsWith("rotation", StringComparison.Ordinal) ? node.With("do_rotary", 1).Floats($"64,{Size / 2}").Floats($"64,{Size / 2}") : node;
        var caches = what.EndsWith("packed", StringComparison.Ordinal) ? 1 : 3;
        node.Outputs(true, true, true).InPlace((1, caches), (2, caches + 1)).ShouldAgree();
    }

    [Fact]
    public void Keys_and_values_may_be_packed_into_the_query()
    {
        OneNode Node() => new OneNode("DecoderMaskedMultiHeadAttention").With("num_heads", 1);
        var packed = Node().Of("n=1,1,6", 1f, 2f, 3f, 4f, 5f, 6f).Absent(4).Floats("n=1,1,past=3,2").Floats("n=1,1,past=3,2").Outputs(true, true, true).Run();
        var parts = Node().Of("n=1,1,2", 1f, 2f).Of("n=1,1,2", 3f, 4f).Of("n=1,1,2", 5f, 6f).Absent(2).Floats("n=1,1,past=3,2").Floats("n=1,1,past=3,2").Outputs(true, true, true).Run();
        packed[1].Dims.ShouldBe([1, 1, 4, 2]);
        packed[1].As<float>()[^2..].ToArray().ShouldBe([3, 4]);
        parts[2].As<float>()[^2..].ToArray().ShouldBe([5, 6]);
        packed[0].Dims.ShouldBe(parts[0].Dims);
    }

    [Fact]
    public void Keys_are_put_into_a_buffer()
    {
        OneNode Node() => new OneNode("Attention").With("num_heads", 1).With("unidirectional", 1).Floats("n=1,length=2,3").Floats("3,6").Floats("6").Absent();
        float[] keys = [1, 2, 3, 4, 5, 6];
        var grown = Node().Of("2,n=1,1,past=3,2", [.. keys, .. keys]).Outputs(true, true).Run();
        var inPlace = Node().With("past_present_share_buffer", 1).Of("2,n=1,1,most=6,2", [.. keys, 0, 0, 0, 0, 7, 7, .. keys, 0, 0, 0, 0, 7, 7]).Absent().Of("1", 3).Outputs(true, true).Run();
        inPlace[0].As<float>().ToArray().ShouldBe(grown[0].As<float>().ToArray());
        inPlace[1].Dims.ShouldBe([2, 1, 1, 6, 2]);
        inPlace[1].As<float>()[..10].ToArray().ShouldBe(grown[1].As<float>()[..10].ToArray());
        inPlace[1].As<float>()[10..12].ToArray().ShouldBe([7, 7]);
    }

    [SkippableFact]
    public void Scores_may_be_an_output() =>
        new OneNode("MultiHeadAttention").With("num_heads", 2).Floats("batch=2,length=3,8").Floats("batch=2,keys=5,8").Floats("batch=2,keys=5,6").Absent().Of("batch=2,keys=5", 1, 1, 0, 1, 0, 1, 0, 1, 1, 1)
            .Outputs(true, false, false, true).ShouldAgree();

    [SkippableTheory]
    [InlineData("prompt", 5, 0, true)]
    [InlineData("prompt packed", 5, 0, true)]
    [InlineData("token", 1, 6, true)]
    [InlineData("token in a long cache", 1, 9, true)]
    [InlineData("window", 5, 0, false)]
    [InlineData("cap", 5, 0, false)]
    [InlineData("smooth", 5, 0, false)]
    [InlineData("sink", 1, 6, false)]
    [InlineData("bias", 5, 0, false)]
    public void GroupQueryAttention(string what, int length, int past, bool isRotary)
    {
        const int Size = 16;
        var isPacked = what.EndsWith("packed", StringComparison.Ordinal);
        var node = new OneNode("GroupQueryAttention").With("num_heads", 4).With("kv_num_heads", 2);
        node = isPacked ? node.Floats($"batch=2,length={length},{8 * Size}").Absent(2)
            : node.Floats($"batch=2,length={length},{4 * Size}").Floats($"batch=2,length={length},{2 * Size}").Floats($"batch=2,length={length},{2 * Size}");
        node = past == 0 ? node.Absent(2) : node.Floats($"batch=2,2,past={past},{Size}").Floats($"batch=2,2,past={past},{Size}");

        // The sequences have 7 and 4 tokens with the new one, or all are as long as the prompt.
        node = past == 0 ? node.Of("batch=2", length - 1, length - 1).Of("1", length) : node.Of("batch=2", 6, 3).Of("1", 7);
        node = isRotary ? node.With("do_rotary", 1).Floats($"32,{Size / 2}").Floats($"32,{Size / 2}") : node.Absent(2);
        node = what switch
        {
            "window" => node.With("local_window_size", 2),
            "cap" => node.With("softcap", 0.5f).With("scale", 2f),
            "smooth" => node.With("smooth_softmax", 1),
            "sink" => node.Absent(2).Floats("4", 3),
            "bias" => node.Absent().Floats($"1,4,length={length},length={length}"),
            _ => node,
        };

        // Behind the end of a shorter sequence the cache has no defined content.
        node.Outputs(true, true, true).ShouldAgree(outputs: past == 0 ? 3 : 1);
    }
}
