using System;
using System.Linq;
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
