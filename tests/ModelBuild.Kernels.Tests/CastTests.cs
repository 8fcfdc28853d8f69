using System;
using System.Linq;
using System.Numerics;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class CastTests
{
    [Fact]
    public void Floats_become_integers_by_truncation_and_saturation()
    {
        To<float, int>(1.9f, -1.9f, float.NaN, 3e9f, float.NegativeInfinity).ShouldBe([1, -1, 0, int.MaxValue, int.MinValue]);
        To<float, byte>(-1f, 255.9f, 256f, 12.5f).ShouldBe([0, 255, 255, 12]);
        To<double, long>(1e30, -0.5).ShouldBe([long.MaxValue, 0]);
        To<Half, sbyte>((Half)200, (Half)(-3.5)).ShouldBe([127, -3]);
    }

    [Fact]
    public void Integers_keep_their_low_bits()
    {
        To<int, byte>(300, -1).ShouldBe([44, 255]);
        To<long, int>(1L << 40, -5).ShouldBe([0, -5]);
        To<byte, sbyte>(200).ShouldBe([-56]);
        To<int, float>(16777217, -3).ShouldBe([16777216f, -3f]);
        To<byte, float>(0, 255).ShouldBe([0f, 255f]);
    }

    [Fact]
    public void Narrower_floats_round_to_even_and_overflow_to_infinity()
    {
        To<float, Half>(1.00048828125f, 70000f, -1e-9f).ShouldBe([(Half)1f, Half.PositiveInfinity, Half.NegativeZero]);
        To<double, float>(1e300, 0.1).ShouldBe([float.PositiveInfinity, 0.1f]);
        To<Half, float>((Half)1.5, Half.NaN).ShouldBe([1.5f, float.NaN]);
    }

    [Fact]
    public void All_16_bit_floats_widen()
    {
        // Whole vectors, and a rest.
        Half[] x = [.. Enumerable.Range(0, 65536 + 3).Select(i => BitConverter.UInt16BitsToHalf((ushort)i))];
        var y = new Guarded<float>(x.Length);
        Cast.Run<Half, float>(x, y.Span);
        Bits.ShouldEqual<float>(y.Span, [.. x.Select(half => (float)half)], "widened");
        y.AssertIntact();
    }

    [Fact]
    public void Only_zero_is_false()
    {
        var flags = new bool[4];
        Cast.ToBool<float>([0f, -0f, float.NaN, 0.1f], flags);
        flags.ShouldBe([false, false, true, true]);
        var numbers = new float[4];
        Cast.FromBool(flags, numbers);
        numbers.ShouldBe([0f, 0f, 1f, 1f]);
        bool[] many = [.. Enumerable.Range(0, 21).Select(i => i % 3 == 0)];
        var y = new Guarded<float>(many.Length);
        Cast.FromBool(many, y.Span);
        y.Span.ToArray().ShouldBe(many.Select(flag => flag ? 1f : 0f));
        y.AssertIntact();
    }

    private static TTo[] To<TFrom, TTo>(params TFrom[] x)
        where TFrom : struct, INumber<TFrom>
        where TTo : struct, INumber<TTo>
    {
        var y = new TTo[x.Length];
        Cast.Run<TFrom, TTo>(x, y);
        return y;
    }
}
