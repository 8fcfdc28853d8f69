using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class ResizeAxisTests
{
    // Lengths before, along and behind the axis, and the output's; mode, coordinates, antialiasing and whether positions outside have no weight.
    public static TheoryData<int, int, int, int, int, int, bool, bool> Shapes => new()
    {
        { 2, 5, 1, 10, 1, 0, false, false }, { 1, 5, 16, 10, 1, 3, false, false }, { 3, 4, 37, 9, 2, 2, false, true }, { 2, 40, 21, 7, 2, 0, true, false },
        { 1, 500, 19, 3, 1, 0, true, false }, { 2, 6, 1, 13, 0, 4, false, false }, { 2, 6, 5, 13, 0, 0, false, false }, { 1, 1, 40, 3, 1, 0, false, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_instruction_set_gives_the_same_bits(int outer, int length, int inner, int outputs, int mode, int coordinates, bool antialias, bool excludes)
    {
        var filter = new ResizeFilter(mode, coordinates, 0, -0.75f, excludes, antialias, 0);
        float[] scales = [(float)outputs / length];
        foreach (var values in new[] { FloatSamples.Tame(outer * length * inner, 1), FloatSamples.Wild(outer * length * inner, 2) })
        {
            var expected = new float[outer * outputs * inner];
            ResizeAxis.Reference<float>(values, scales, [], expected, outer, length, inner, outputs, 0, filter);
            foreach (var isa in IsaLevels.Supported)
            {
                var x = new Guarded<float>(values);
                var y = new Guarded<float>(expected.Length);
                ResizeAxis.RunOn<float>(isa, x.Span, scales, [], y.Span, outer, length, inner, outputs, 0, filter);
                Bits.ShouldEqual<float>(y.Span, expected, $"ResizeAxis on {isa}");
                y.AssertIntact();
            }
        }
    }

    [Fact]
    public void Integers_are_cut_to_their_range()
    {
        var y = new byte[6];
        ResizeAxis.Run<byte>([0, 255, 0], [2f], [], y, 1, 3, 1, 6, 0, new ResizeFilter(2, 0, 0, -0.75f, false, false, 0));
        var expected = new byte[6];
        ResizeAxis.Reference<byte>([0, 255, 0], [2f], [], expected, 1, 3, 1, 6, 0, new ResizeFilter(2, 0, 0, -0.75f, false, false, 0));
        y.ShouldBe(expected);
    }
}
