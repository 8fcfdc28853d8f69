using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX Cast from and to the types of few bits, see <see cref="INarrow{TSelf}"/>. <c>y</c> decides the length.</summary>
internal static class CastNarrow
{
    /// <summary>To a number.</summary>
    public static void Widen<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y)
        where TFrom : unmanaged, INarrow<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = TTo.CreateSaturating(TFrom.ToSingle(x[i]));
        }
    }

    /// <summary>To a truth value: false for zero.</summary>
    public static void WidenToBool<TFrom>(ReadOnlySpan<TFrom> x, Span<bool> y)
        where TFrom : unmanaged, INarrow<TFrom>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = TFrom.ToSingle(x[i]) != 0;
        }
    }

    /// <summary>From a number.</summary>
    public static void Narrow<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y, bool saturate)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INarrow<TTo>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = TTo.FromSingle(float.CreateSaturating(x[i]), saturate);
        }
    }

    /// <summary>From an integer to one of fewer bits, of which the low ones stay.</summary>
    public static void NarrowInteger<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y)
        where TFrom : unmanaged, IBinaryInteger<TFrom>
        where TTo : unmanaged, INarrowInteger<TTo>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = TTo.FromBits(int.CreateTruncating(x[i]));
        }
    }

    /// <summary>From a truth value.</summary>
    public static void NarrowBool<TTo>(ReadOnlySpan<bool> x, Span<TTo> y)
        where TTo : unmanaged, INarrow<TTo>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = TTo.FromSingle(x[i] ? 1 : 0, saturate: true);
        }
    }

    /// <summary>From one such type to another.</summary>
    public static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y, bool saturate)
        where TFrom : unmanaged, INarrow<TFrom>
        where TTo : unmanaged, INarrow<TTo>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = TTo.FromSingle(TFrom.ToSingle(x[i]), saturate);
        }
    }

    /// <summary>From a number to a power of two, see <see cref="Float8E8M0.Round"/>.</summary>
    public static void ToPower<TFrom>(ReadOnlySpan<TFrom> x, Span<Float8E8M0> y, bool saturate, int mode)
        where TFrom : unmanaged, INumber<TFrom>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Float8E8M0.Round(float.CreateSaturating(x[i]), saturate, mode);
        }
    }
}
