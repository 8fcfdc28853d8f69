using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// F(4x4, 3x3): sixteen outputs take 36 products for each channel instead of 144. The rows of G have denominators up to 24; in integers they are (6, 0, 0),
/// (-1, -1, -1), (-1, 1, -1), (1, 2, 4), (1, -2, 4), (0, 0, 6), and those of A' (1, 4, 4, 1, 1, 0), (0, 2, -2, 1, -1, 0), (0, 1, 1, 1, 1, 0), (0, 1, -1, 2, -2, 1), which
/// give 24, 12, 6 and 6 times the sum. On both sides that makes 9 times a power of two. Modulo 2^32 a product with the inverse of 9 divides by 9, and a shift does the rest.
/// </summary>
/// <remarks>
/// With inputs of 0..255, terms of the transformed input are within 68 * 255 in magnitude, and those of the transformed weights within 49 * 128: words.
/// </remarks>
internal readonly struct WinogradInt8Tile4 : IWinogradInt8Tile
{
    /// <summary><c>9 * 0x38E38E39 = 2 * 2^32 + 1</c>.</summary>
    private const int InverseOf9 = 0x38E38E39;

    public static int Size => 4;

    public static int Filter => 3;

    public static ReadOnlySpan<byte> SplitTerms => [];

    /// <summary><c>64 * 9 * 255 * 128</c> times this is below 2^31: 64 is the power of two in 24 * 24.</summary>
    public static int MaxChannels => 112;

    /// <remarks>The rows of <c>G</c>, in the scale of this type, are those in its description.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightTerms<TLanes, TVector>(ref byte g, nint from, ref byte u, nint to)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        TVector g0 = TLanes.Load(ref g);
        TVector g1 = TLanes.Load(ref Unsafe.Add(ref g, from));
        TVector g2 = TLanes.Load(ref Unsafe.Add(ref g, 2 * from));
        TVector outer = TLanes.Add(g0, g2);
        TVector farOuter = TLanes.Add(g0, TLanes.ShiftLeft(g2, 2));
        TVector twice = TLanes.Add(g1, g1);
        TVector negative = TLanes.Subtract(TLanes.Subtract(outer, outer), outer);
        TLanes.Store(TLanes.Multiply(g0, 6), ref u);
        TLanes.Store(TLanes.Subtract(negative, g1), ref Unsafe.Add(ref u, to));
        TLanes.Store(TLanes.Add(negative, g1), ref Unsafe.Add(ref u, 2 * to));
        TLanes.Store(TLanes.Add(farOuter, twice), ref Unsafe.Add(ref u, 3 * to));
        TLanes.Store(TLanes.Subtract(farOuter, twice), ref Unsafe.Add(ref u, 4 * to));
        TLanes.Store(TLanes.Multiply(g2, 6), ref Unsafe.Add(ref u, 5 * to));
    }

    /// <remarks>
    /// The rows of <c>B'</c> are (4, 0, -5, 0, 1, 0), (0, -4, -4, 1, 1, 0), (0, 4, -4, -1, 1, 0), (0, -2, -1, 2, 1, 0), (0, 2, -1, -2, 1, 0),
    /// (0, 4, 0, -5, 0, 1).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputTerms<TLanes, TVector>(ref byte d, nint from, ref byte v, nint to)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        TVector d0 = TLanes.Load(ref d);
        TVector d1 = TLanes.Load(ref Unsafe.Add(ref d, from));
        TVector d2 = TLanes.Load(ref Unsafe.Add(ref d, 2 * from));
        TVector d3 = TLanes.Load(ref Unsafe.Add(ref d, 3 * from));
        TVector d4 = TLanes.Load(ref Unsafe.Add(ref d, 4 * from));
        TVector d5 = TLanes.Load(ref Unsafe.Add(ref d, 5 * from));
        TVector even = TLanes.Subtract(d4, d2);
        TVector odd = TLanes.Subtract(d3, d1);
        TVector twiceOdd = TLanes.Add(odd, odd);
        TLanes.Store(TLanes.Add(TLanes.ShiftLeft(TLanes.Subtract(d0, d2), 2), even), ref v);
        TLanes.Store(TLanes.Subtract(TLanes.Add(d3, d4), TLanes.ShiftLeft(TLanes.Add(d1, d2), 2)), ref Unsafe.Add(ref v, to));
        TLanes.Store(TLanes.Add(TLanes.Subtract(d4, d3), TLanes.ShiftLeft(TLanes.Subtract(d1, d2), 2)), ref Unsafe.Add(ref v, 2 * to));
        TLanes.Store(TLanes.Add(even, twiceOdd), ref Unsafe.Add(ref v, 3 * to));
        TLanes.Store(TLanes.Subtract(even, twiceOdd), ref Unsafe.Add(ref v, 4 * to));
        TLanes.Store(TLanes.Subtract(TLanes.Subtract(d5, d3), TLanes.Add(twiceOdd, twiceOdd)), ref Unsafe.Add(ref v, 5 * to));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes, TVector>(ref byte m, nint termBytes, TVector bias, ref byte y, nint pixelBytes, nint lineBytes)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        for (nint x = 0; x < 6; x++)
        {
            ref byte column = ref Unsafe.Add(ref m, x * termBytes);
            OutputTerms<TLanes, TVector>(ref column, 6 * termBytes, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
            TLanes.Store(y0, ref column);
            TLanes.Store(y1, ref Unsafe.Add(ref column, 6 * termBytes));
            TLanes.Store(y2, ref Unsafe.Add(ref column, 12 * termBytes));
            TLanes.Store(y3, ref Unsafe.Add(ref column, 18 * termBytes));
        }

        OutputLine<TLanes, TVector>(ref m, termBytes, bias, ref y, pixelBytes, 3);
        OutputLine<TLanes, TVector>(ref Unsafe.Add(ref m, 6 * termBytes), termBytes, bias, ref Unsafe.Add(ref y, lineBytes), pixelBytes, 2);
        OutputLine<TLanes, TVector>(ref Unsafe.Add(ref m, 12 * termBytes), termBytes, bias, ref Unsafe.Add(ref y, 2 * lineBytes), pixelBytes, 1);
        OutputLine<TLanes, TVector>(ref Unsafe.Add(ref m, 18 * termBytes), termBytes, bias, ref Unsafe.Add(ref y, 3 * lineBytes), pixelBytes, 1);
    }

    /// <summary>Four pixels of a line whose sums are 3 * 2^<paramref name="power"/> times too large already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine<TLanes, TVector>(ref byte m, nint termBytes, TVector bias, ref byte y, nint pixelBytes, int power)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        OutputTerms<TLanes, TVector>(ref m, termBytes, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
        TLanes.Store(Divide<TLanes, TVector>(y0, power + 3, bias), ref y);
        TLanes.Store(Divide<TLanes, TVector>(y1, power + 2, bias), ref Unsafe.Add(ref y, pixelBytes));
        TLanes.Store(Divide<TLanes, TVector>(y2, power + 1, bias), ref Unsafe.Add(ref y, 2 * pixelBytes));
        TLanes.Store(Divide<TLanes, TVector>(y3, power + 1, bias), ref Unsafe.Add(ref y, 3 * pixelBytes));
    }

    /// <summary>A sum that is <c>9 * 2^power</c> times too large, plus the bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Divide<TLanes, TVector>(TVector sum, int power, TVector bias)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct => TLanes.Add(TLanes.ShiftRight(TLanes.Multiply(sum, InverseOf9), power), bias);

    /// <summary><c>A'</c> times six values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputTerms<TLanes, TVector>(ref byte m, nint from, out TVector y0, out TVector y1, out TVector y2, out TVector y3)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        TVector m1 = TLanes.Load(ref Unsafe.Add(ref m, from));
        TVector m2 = TLanes.Load(ref Unsafe.Add(ref m, 2 * from));
        TVector m3 = TLanes.Load(ref Unsafe.Add(ref m, 3 * from));
        TVector m4 = TLanes.Load(ref Unsafe.Add(ref m, 4 * from));
        TVector sum = TLanes.Add(m1, m2);
        TVector difference = TLanes.Subtract(m1, m2);
        TVector farSum = TLanes.Add(m3, m4);
        TVector farDifference = TLanes.Subtract(m3, m4);
        y0 = TLanes.Add(TLanes.Add(TLanes.Load(ref m), farSum), TLanes.ShiftLeft(sum, 2));
        y1 = TLanes.Add(TLanes.Add(difference, difference), farDifference);
        y2 = TLanes.Add(sum, farSum);
        y3 = TLanes.Add(TLanes.Add(difference, TLanes.Load(ref Unsafe.Add(ref m, 5 * from))), TLanes.Add(farDifference, farDifference));
    }
}
