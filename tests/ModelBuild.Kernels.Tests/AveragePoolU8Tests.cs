using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class AveragePoolU8Tests
{
    private static readonly Requantize Output = new(20, 3, 250);

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Windows_give_the_bits_of_the_reference(int level)
    {
        foreach (var channels in new[] { 1, 7, 8, 16, 19, 35, 300 })
        {
            foreach (var shape in new DepthwiseShape[]
            {
                new(6, 6, channels, 2, 2, 2, 2, 1, 1, 0, 0, 3, 3),
                new(5, 7, channels, 3, 3, 1, 1, 1, 1, 1, 1, 5, 7),
                new(5, 6, channels, 3, 2, 1, 2, 2, 3, 2, 1, 5, 3),
                new(2, 2, channels, 3, 3, 1, 1, 1, 1, 3, 3, 6, 6),
            })
            {
                foreach (var countPadding in new[] { false, true })
                {
                    using var x = new PageEnd(Int8Samples.Bytes(2 * shape.InputHeight * shape.InputWidth * channels, 1));
                    var count = 2 * shape.OutputHeight * shape.OutputWidth * channels;
                    var expected = new byte[count];
                    AveragePoolU8.Reference(x.Span, expected, 2, shape, countPadding, 101, 1.7f, Output);
                    var y = new Guarded<byte>(count);
                    AveragePoolU8.RunOn((IsaLevel)level, x.Span, y.Span, 2, shape, countPadding, 101, 1.7f, Output);
                    Bits.ShouldEqual<byte>(y.Span, expected, $"{shape}, {countPadding}");
                    y.AssertIntact();
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Global_averages_give_the_bits_of_the_reference(int level)
    {
        foreach (var channels in new[] { 1, 7, 8, 16, 19, 35, 300 })
        {
            foreach (var pixels in new[] { 1, 4, 49 })
            {
                using var x = new PageEnd(Int8Samples.Bytes(3 * pixels * channels, 1));
                var expected = new byte[3 * channels];
                GlobalAverageU8.Reference(x.Span, expected, 3, pixels, channels, 101, 1.7f / pixels, Output);
                var y = new Guarded<byte>(3 * channels);
                GlobalAverageU8.RunOn((IsaLevel)level, x.Span, y.Span, 3, pixels, channels, 101, 1.7f / pixels, Output);
                Bits.ShouldEqual<byte>(y.Span, expected, $"{pixels} pixels of {channels} channels");
                y.AssertIntact();
            }
        }
    }

    [Fact]
    public void Padding_counts_as_zero_or_not_at_all()
    {
        // One row of three pixels, zero point 10, a window of three with one column of padding on each side.
        var shape = new DepthwiseShape(1, 3, 1, 1, 3, 1, 1, 1, 1, 0, 1, 1, 3);
        var y = new byte[3];
        AveragePoolU8.Run([16, 22, 40], y, 1, shape, countPadding: false, 10, 1f, new Requantize(0, 0, 255));
        y.ShouldBe([9, 16, 21]);
        AveragePoolU8.Run([16, 22, 40], y, 1, shape, countPadding: true, 10, 1f, new Requantize(0, 0, 255));
        y.ShouldBe([6, 16, 14]);
    }
}
