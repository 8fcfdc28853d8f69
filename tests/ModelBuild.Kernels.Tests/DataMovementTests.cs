using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class DataMovementTests
{
    [Theory]
    [InlineData(new[] { 5 }, new[] { 0 })]
    [InlineData(new[] { 3, 7 }, new[] { 1, 0 })]
    [InlineData(new[] { 33, 50 }, new[] { 1, 0 })]
    [InlineData(new[] { 2, 3, 5, 7 }, new[] { 0, 2, 3, 1 })]
    [InlineData(new[] { 2, 5, 7, 3 }, new[] { 0, 3, 1, 2 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 0, 2, 1, 3 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 3, 2, 1, 0 })]
    [InlineData(new[] { 1, 17, 1, 19 }, new[] { 3, 0, 1, 2 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 2, 3, 4, 5, 2, 3 }, new[] { 4, 0, 5, 2, 1, 3 })]
    [InlineData(new[] { 2, 0, 5 }, new[] { 2, 1, 0 })]
    public void A_transposition_moves_every_element(int[] lengths, int[] permutation)
    {
        var d = Pad8(lengths);
        var p = Pad8(permutation);
        var shape = new TransposeShape(lengths.Length, d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
        var count = lengths.Aggregate(1, (a, b) => a * b);
        var expected = new int[count];
        for (var i = 0; i < count; i++)
        {
            var at = Position(i, lengths);
            expected[Offset(permutation.Select(axis => at[axis]).ToArray(), permutation.Select(axis => lengths[axis]).ToArray())] = i;
        }

        var y = new Guarded<int>(count);
        Transpose.Run<int>(Enumerable.Range(0, count).ToArray(), y.Span, in shape);
        Bits.ShouldEqual<int>(y.Span, expected, $"{shape}");
        y.AssertIntact();

        var bytes = new Guarded<byte>(count);
        Transpose.Run<byte>(Enumerable.Range(0, count).Select(i => (byte)i).ToArray(), bytes.Span, in shape);
        Bits.ShouldEqual<byte>(bytes.Span, expected.Select(i => (byte)i).ToArray(), $"bytes of {shape}");
        bytes.AssertIntact();
    }

    [Fact]
    public void Strides_slice_reverse_expand_and_tile()
    {
        int[] x = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        Strided(x, new StridedShape(2, 1, D0: 3, D1: 2, S0: 4, S1: 1)).ShouldBe([1, 2, 5, 6, 9, 10]);
        Strided(x, new StridedShape(2, 11, D0: 2, D1: 2, S0: -8, S1: -3)).ShouldBe([11, 8, 3, 0]);
        Strided(x, new StridedShape(3, 2, D0: 2, D1: 2, D2: 3, S0: 6, S1: 1, S2: -1)).ShouldBe([2, 1, 0, 3, 2, 1, 8, 7, 6, 9, 8, 7]);
        Strided(x, new StridedShape(1, 11, D0: 4, S0: -3)).ShouldBe([11, 8, 5, 2]);
        Strided([.. Enumerable.Range(0, 60)], new StridedShape(2, 3, D0: 2, D1: 20, S0: 30, S1: 1)).ShouldBe([.. Enumerable.Range(3, 20), .. Enumerable.Range(33, 20)]);
        Strided([7, 8], new StridedShape(2, 0, D0: 2, D1: 3, S0: 1)).ShouldBe([7, 7, 7, 8, 8, 8]);
        Strided([7, 8], new StridedShape(2, 0, D0: 3, D1: 2, S1: 1)).ShouldBe([7, 8, 7, 8, 7, 8]);
        Strided(x, new StridedShape(0, 5)).ShouldBe([5]);
        Strided(x, new StridedShape(2, 0, D0: 0, D1: 3, S1: 1)).ShouldBeEmpty();
    }

    [Fact]
    public void Pads_surround_crop_repeat_and_mirror()
    {
        int[] x = [1, 2, 3, 4, 5, 6];
        var y = new int[12];
        PadConstant.Run(x, y, 0, new PadShape(2, D0: 2, D1: 3, B0: 1, B1: 0, E0: 0, E1: 1));
        y.ShouldBe([0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0]);

        y = new int[6];
        PadConstant.Run(x, y, 9, new PadShape(2, D0: 2, D1: 3, B0: -1, B1: 1, E0: 1, E1: -1));
        y.ShouldBe([9, 4, 5, 9, 9, 9]);

        y = new int[7];
        Pad.Run([1, 2, 3], y, new PadShape(1, D0: 3, B0: 2, E0: 2), default(EdgePad));
        y.ShouldBe([1, 1, 1, 2, 3, 3, 3]);
        Pad.Run([1, 2, 3], y, new PadShape(1, D0: 3, B0: 3, E0: 1), default(ReflectPad));
        y.ShouldBe([2, 3, 2, 1, 2, 3, 2]);
        Pad.Run([1, 2, 3], y, new PadShape(1, D0: 3, B0: 4, E0: 0), default(WrapPad));
        y.ShouldBe([3, 1, 2, 3, 1, 2, 3]);
        Pad.Run([8], y, new PadShape(1, D0: 1, B0: 4, E0: 2), default(ReflectPad));
        y.ShouldBe([8, 8, 8, 8, 8, 8, 8]);

        y = new int[3];
        Pad.Run([1, 2, 3, 4, 5], y, new PadShape(1, D0: 5, B0: -1, E0: -1), default(ReflectPad));
        y.ShouldBe([2, 3, 4]);
        y = new int[5];
        Pad.Run([1, 2, 3, 4], y, new PadShape(1, D0: 4, B0: -3, E0: 4), default(ReflectPad));
        y.ShouldBe([4, 3, 2, 1, 2]);
        y = new int[2];
        Pad.Run([1, 2], y, new PadShape(1, D0: 2, B0: -3, E0: 3), default(WrapPad));
        y.ShouldBe([2, 1]);

        y = new int[8];
        Pad.Run([1, 2, 3, 4], y, new PadShape(2, D0: 2, D1: 2, B0: 0, B1: 1, E0: 0, E1: 1), default(WrapPad));
        y.ShouldBe([2, 1, 2, 1, 4, 3, 4, 3]);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(0, 2, 3, 0)]
    [InlineData(2, 0, 0, 1)]
    public void Padding_of_images_is_padding_of_the_middle_axes(int top, int left, int bottom, int right)
    {
        var x = FloatSamples.Tame(2 * 3 * 4 * 5, 1);
        var y = new Guarded<float>(2 * (top + 3 + bottom) * (left + 4 + right) * 5);
        var expected = new float[y.Span.Length];
        PadConstant.Run(x, expected, 7f, new PadShape(4, D0: 2, D1: 3, D2: 4, D3: 5, B1: top, B2: left, E1: bottom, E2: right));
        PadNhwc.Run(x, y.Span, 7f, 2, 3, 4, 5, top, left, bottom, right);
        Bits.ShouldEqual<float>(y.Span, expected, "padded");
        y.AssertIntact();
    }

    [Fact]
    public void Parts_concatenate()
    {
        var y = new int[10];
        ConcatPart.Run([1, 2, 3, 4], y, 2, 2, 5, 0);
        ConcatPart.Run([5, 6, 7, 8, 9, 10], y, 2, 3, 5, 2);
        y.ShouldBe([1, 2, 5, 6, 7, 3, 4, 8, 9, 10]);
    }

    [Fact]
    public void Gather_takes_negative_indices_and_names_a_wrong_one()
    {
        var y = new int[8];
        Gather.Run([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [-1L, 0L], y, 2, 3, 2);
        y.ShouldBe([5, 6, 1, 2, 11, 12, 7, 8]);
        Gather.Run([1, 2, 3], [2, 2, -3], y.AsSpan(0, 3), 1, 3, 1);
        y[..3].ShouldBe([3, 3, 1]);
        Should.Throw<ArgumentOutOfRangeException>(() => Gather.Run([1, 2, 3], [3], new int[1], 1, 3, 1)).Message.ShouldContain("the axis has 3 elements");
        Should.Throw<ArgumentOutOfRangeException>(() => Gather.Run([1, 2, 3], [-4L], new int[1], 1, 3, 1)).ActualValue.ShouldBe(-4L);
    }

    [Fact]
    public void Fill_Range_OneHot_and_CumSum_make_what_they_say()
    {
        var y = new float[3];
        Fill.Run(y, 2.5f);
        y.ShouldBe([2.5f, 2.5f, 2.5f]);
        NumberRange.Run(y, 1f, -0.5f);
        y.ShouldBe([1f, 0.5f, 0f]);

        var hot = new int[9];
        OneHot.Run<long, int>([0, -1, 3], hot, 3, 3, 1, [0, 5]);
        hot.ShouldBe([5, 0, 0, 0, 0, 5, 0, 0, 0]);
        OneHot.Run<float, int>([2f, 0f, 1f], hot, 1, 3, 3, [0, 1]);
        hot.ShouldBe([0, 1, 0, 0, 0, 1, 1, 0, 0]);

        int[] sums = [1, 2, 3, 4];
        CumSum.Run<int>(sums, sums, 1, 4, 1, exclusive: false, reverse: false);
        sums.ShouldBe([1, 3, 6, 10]);
        CumSum.Run<int>([1, 2, 3, 4], sums, 1, 4, 1, exclusive: true, reverse: true);
        sums.ShouldBe([9, 7, 4, 0]);
        CumSum.Run<int>([1, 2, 3, 4], sums, 1, 2, 2, exclusive: false, reverse: false);
        sums.ShouldBe([1, 2, 4, 6]);
    }

    private static int[] Strided(int[] x, StridedShape shape)
    {
        var d = new[] { shape.D0, shape.D1, shape.D2 };
        var y = new int[d.Take(shape.Rank).Aggregate(1, (a, b) => a * b)];
        StridedCopy.Run<int>(x, y, in shape);
        return y;
    }

    private static int[] Pad8(int[] values) => [.. values, .. new int[8 - values.Length]];

    private static int[] Position(int offset, int[] lengths)
    {
        var position = new int[lengths.Length];
        for (var axis = lengths.Length - 1; axis >= 0; axis--)
        {
            position[axis] = offset % lengths[axis];
            offset /= lengths[axis];
        }

        return position;
    }

    private static int Offset(int[] position, int[] lengths)
    {
        var offset = 0;
        for (var axis = 0; axis < lengths.Length; axis++)
        {
            offset = (offset * lengths[axis]) + position[axis];
        }

        return offset;
    }
}
