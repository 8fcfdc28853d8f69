using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class PointwiseU8Tests
{
    private static readonly int[] Lengths = [0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 129, 1000];

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Looking_up_gives_the_entries_of_the_table(int level)
    {
        var table = Int8Samples.Bytes(256, 1);
        foreach (var length in Lengths)
        {
            var values = Int8Samples.Bytes(length, length);
            var y = new Guarded<byte>(values);
            LookupU8.RunOn((IsaLevel)level, y.Span, table, y.Span);
            for (var i = 0; i < length; i++)
            {
                y.Span[i].ShouldBe(table[values[i]]);
            }

            y.AssertIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Adding_gives_the_bits_of_the_reference(int level)
    {
        var add = new ResidualAdd(0.731f, 11, 0.5f, 130, 20, 20, 240);
        foreach (var length in Lengths)
        {
            var a = Int8Samples.Bytes(length, 1);
            using var b = new PageEnd(Int8Samples.Bytes(length, 2));
            var expected = new byte[length];
            AddU8.Reference(a, b.Span, expected, add);
            var y = new Guarded<byte>(length);
            AddU8.RunOn((IsaLevel)level, a, b.Span, y.Span, add);
            Bits.ShouldEqual<byte>(y.Span, expected, $"{length} values");
            y.AssertIntact();

            AddU8.RunOn((IsaLevel)level, a, b.Span, a, add);
            Bits.ShouldEqual<byte>(a, expected, $"{length} values in place");
        }
    }

    [Fact]
    public void Adding_means_what_the_quantized_operators_mean()
    {
        // 0.5 * (200 - 100) + 0.25 * (40 - 80) = 40, over an output scale of 0.75: 53.3.
        var add = new ResidualAdd(0.5f / 0.75f, 100, 0.25f / 0.75f, 80, 10, 0, 255);
        add.Apply(200, 40).ShouldBe((byte)63);
        add.Apply(0, 0).ShouldBe((byte)0);
        (add with { ScaleA = 9f }).Apply(255, 255).ShouldBe((byte)255);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Requantizing_gives_the_bits_of_the_reference(int level)
    {
        foreach (var length in Lengths)
        {
            foreach (var scale in new[] { 0.5f, 1.37f, 300f })
            {
                using var x = new PageEnd(Int8Samples.Bytes(length, 3));
                var expected = new byte[length];
                RequantizeU8.Reference(x.Span, expected, 117, scale, new Requantize(33, 2, 254));
                var y = new Guarded<byte>(length);
                RequantizeU8.RunOn((IsaLevel)level, x.Span, y.Span, 117, scale, new Requantize(33, 2, 254));
                Bits.ShouldEqual<byte>(y.Span, expected, $"{length} values times {scale}");
                y.AssertIntact();
            }
        }
    }
}
