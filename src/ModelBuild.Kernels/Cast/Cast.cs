using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Cast between numbers. From floating point to integer it rounds towards zero; where ONNX leaves the result open it saturates, and NaN gives 0. From integer
/// to integer the low bits stay. To a narrower floating-point type it rounds to the nearest, halves to even, overflowing to infinity.
/// <c>y</c> decides the length. Every instruction set gives the same bits.
/// </summary>
internal static partial class Cast
{
    public static void Run<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y)
        where TFrom : struct, INumber<TFrom>
        where TTo : struct, INumber<TTo>
    {
        // Of all number types only an integer has no one half.
        bool fromInteger = TFrom.IsZero(TFrom.One / (TFrom.One + TFrom.One));
        if (fromInteger)
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = TTo.CreateTruncating(x[i]);
            }
        }
        else
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = TTo.CreateSaturating(x[i]);
            }
        }
    }

    /// <summary>ONNX Cast to bool: false for zero of either sign and true for anything else, NaN included.</summary>
    public static void ToBool<TFrom>(ReadOnlySpan<TFrom> x, Span<bool> y)
        where TFrom : struct, INumber<TFrom>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = !TFrom.IsZero(x[i]);
        }
    }

    /// <summary>ONNX Cast from bool: 0 or 1.</summary>
    public static void FromBool<TTo>(ReadOnlySpan<bool> x, Span<TTo> y)
        where TTo : struct, INumber<TTo>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[i] ? TTo.One : TTo.Zero;
        }
    }
}
