using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>Types of few bits: every code is a value that rounds to itself, and what lies between two rounds to the nearer one, or to the even one.</summary>
public sealed class NarrowFloatTests
{
    [Fact]
    public void Every_Float8E4M3FN_rounds_to_itself_and_halves_to_even() => Check<Float8E4M3FN>(448);

    [Fact]
    public void Every_Float8E4M3FNUZ_rounds_to_itself_and_halves_to_even() => Check<Float8E4M3FNUZ>(240);

    [Fact]
    public void Every_Float8E5M2_rounds_to_itself_and_halves_to_even() => Check<Float8E5M2>(57344);

    [Fact]
    public void Every_Float8E5M2FNUZ_rounds_to_itself_and_halves_to_even() => Check<Float8E5M2FNUZ>(57344);

    [Fact]
    public void Every_BFloat16_rounds_to_itself_and_halves_to_even() => Check<BFloat16>(BitConverter.Int32BitsToSingle(0x7F7F0000));

    [Fact]
    public void Every_Float4E2M1_rounds_to_itself()
    {
        float[] values = [0, 0.5f, 1, 1.5f, 2, 3, 4, 6];
        for (int code = 0; code < 16; code++)
        {
            Float4E2M1 value = new((byte)code);
            Assert.Equal(code < 8 ? values[code] : -values[code - 8], Float4E2M1.ToSingle(value));
            Assert.Equal(value, Float4E2M1.FromSingle(Float4E2M1.ToSingle(value), saturate: false));
        }

        Assert.Equal(8, Float4E2M1.FromSingle(float.NaN, saturate: true).Code);
        Assert.Equal(15, Float4E2M1.FromSingle(float.NegativeInfinity, saturate: true).Code);
    }

    [Fact]
    public void Every_Float8E8M0_is_a_power_of_two()
    {
        for (int code = 0; code < 255; code++)
        {
            Float8E8M0 value = new((byte)code);
            Assert.Equal((float)Math.Pow(2, code - 127), Float8E8M0.ToSingle(value));
            Assert.All([0, 1, 2], mode => Assert.Equal(value, Float8E8M0.Round(Float8E8M0.ToSingle(value), saturate: false, mode)));
        }

        Assert.Equal([2f, 1f, 1f], new[] { 0, 1, 2 }.Select(mode => Float8E8M0.ToSingle(Float8E8M0.Round(1.25f, saturate: true, mode))));
        Assert.Equal(2f, Float8E8M0.ToSingle(Float8E8M0.Round(1.5f, saturate: true, 2)));
        Assert.True(float.IsNaN(Float8E8M0.ToSingle(Float8E8M0.FromSingle(float.PositiveInfinity, saturate: false))));
        Assert.Equal(254, Float8E8M0.FromSingle(float.PositiveInfinity, saturate: true).Code);
    }

    [Fact]
    public void Floats_beyond_the_range_saturate_or_do_not()
    {
        Assert.Equal(0x7E, Float8E4M3FN.FromSingle(1e6f, saturate: true).Code);
        Assert.Equal(0xFF, Float8E4M3FN.FromSingle(-1e6f, saturate: false).Code);
        Assert.Equal(0x7B, Float8E5M2.FromSingle(float.PositiveInfinity, saturate: true).Code);
        Assert.Equal(0xFC, Float8E5M2.FromSingle(-1e6f, saturate: false).Code);
        Assert.Equal(0xFF, Float8E4M3FNUZ.FromSingle(float.NegativeInfinity, saturate: true).Code);
        Assert.Equal(0x80, Float8E5M2FNUZ.FromSingle(1e6f, saturate: false).Code);
        Assert.Equal(0xFF80, BFloat16.FromSingle(float.NegativeInfinity, saturate: true).Bits);
    }

    [Fact]
    public void Integers_keep_their_low_bits()
    {
        long[] numbers = [7, 8, -9, (1L << 40) + 3];
        Int4[] signed = new Int4[numbers.Length];
        CastNarrow.NarrowInteger<long, Int4>(numbers, signed);
        Assert.Equal([7, -8, 7, 3], signed.Select(value => (int)value.Value));
        UInt2[] unsigned = new UInt2[numbers.Length];
        CastNarrow.NarrowInteger<long, UInt2>(numbers, unsigned);
        Assert.Equal([3, 0, 3, 3], unsigned.Select(value => (int)value.Value));
    }

    private static void Check<T>(float largest)
        where T : unmanaged, INarrow<T>
    {
        T[] all = All<T>();
        Assert.All(all.Where(value => !float.IsNaN(T.ToSingle(value))), value => Assert.Equal(value, T.FromSingle(T.ToSingle(value), saturate: false)));
        Assert.Equal(largest, all.Select(T.ToSingle).Where(float.IsFinite).Max());

        // Positive values in order of their codes, which alternate between even and odd.
        T[] positive = [.. all.Where(value => float.IsFinite(T.ToSingle(value)) && !float.IsNegative(T.ToSingle(value)))];
        for (int i = 0; i + 1 < positive.Length; i++)
        {
            float middle = (float)(((double)T.ToSingle(positive[i]) + T.ToSingle(positive[i + 1])) / 2);
            Assert.Equal(positive[i % 2 == 0 ? i : i + 1], T.FromSingle(middle, saturate: false));
            Assert.Equal(positive[i], T.FromSingle(MathF.BitDecrement(middle), saturate: false));
            Assert.Equal(positive[i + 1], T.FromSingle(MathF.BitIncrement(middle), saturate: false));
        }
    }

    private static T[] All<T>()
        where T : unmanaged
    {
        int size = Marshal.SizeOf<T>();
        IEnumerable<byte> bytes = Enumerable.Range(0, 1 << (8 * size)).SelectMany(code => BitConverter.GetBytes(code)[..size]);
        return MemoryMarshal.Cast<byte, T>(bytes.ToArray()).ToArray();
    }
}
