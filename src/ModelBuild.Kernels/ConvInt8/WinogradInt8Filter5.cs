using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// F(2x2, 5x5): four outputs take 40 products for each channel instead of 100. A tile has as many inputs as one of <see cref="WinogradInt8Tile4"/>, and so the same points and
/// the same B. In the scale of that type the rows of G are (6, 0, 0, 0, 0), (-1, -1, -1, -1, -1), (-1, 1, -1, 1, -1), (1, 2, 4, 8, 16), (1, -2, 4, -8, 16), (0, 0, 0, 0, 6), and
/// those of A' (1, 4, 4, 1, 1, 0), (0, 2, -2, 1, -1, 2), which give 24 and 12 times the sum.
/// </summary>
/// <remarks>
/// The terms of the transformed weights are within 186 * 128, words, where a side of them has no more than one of the rows with a 16; the four with both are within 961 * 128
/// and split: 961 * 15 at most for the lowest bits.
/// </remarks>
internal readonly struct WinogradInt8Filter5 : IWinogradInt8Tile
{
    public static int Size => 2;

    public static int Filter => 5;

    /// <summary>Those of rows 3 and 4.</summary>
    public static ReadOnlySpan<byte> SplitTerms => [21, 22, 27, 28];

    /// <summary><c>64 * 25 * 255 * 128</c> times this is below 2^31: 64 is the power of two in 24 * 24.</summary>
    public static int MaxChannels => 41;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightTerms<TLanes, TVector>(ref byte g, nint from, ref byte u, nint to)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        TVector g0 = TLanes.Load(ref g);
        TVector g1 = TLanes.Load(ref Unsafe.Add(ref g, from));
        TVector g2 = TLanes.Load(ref Unsafe.Add(ref g, 2 * from));
        TVector g3 = TLanes.Load(ref Unsafe.Add(ref g, 3 * from));
        TVector g4 = TLanes.Load(ref Unsafe.Add(ref g, 4 * from));
        TVector even = TLanes.Add(TLanes.Add(g0, g2), g4);
        TVector odd = TLanes.Add(g1, g3);
        TVector farEven = TLanes.Add(g0, TLanes.ShiftLeft(TLanes.Add(g2, TLanes.ShiftLeft(g4, 2)), 2));
        TVector farOdd = TLanes.ShiftLeft(TLanes.Add(g1, TLanes.ShiftLeft(g3, 2)), 1);
        TVector negative = TLanes.Subtract(TLanes.Subtract(even, even), even);
        TLanes.Store(TLanes.Multiply(g0, 6), ref u);
        TLanes.Store(TLanes.Subtract(negative, odd), ref Unsafe.Add(ref u, to));
        TLanes.Store(TLanes.Add(negative, odd), ref Unsafe.Add(ref u, 2 * to));
        TLanes.Store(TLanes.Add(farEven, farOdd), ref Unsafe.Add(ref u, 3 * to));
        TLanes.Store(TLanes.Subtract(farEven, farOdd), ref Unsafe.Add(ref u, 4 * to));
        TLanes.Store(TLanes.Multiply(g4, 6), ref Unsafe.Add(ref u, 5 * to));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputTerms<TLanes, TVector>(ref byte d, nint from, ref byte v, nint to)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct => WinogradInt8Tile4.InputTerms<TLanes, TVector>(ref d, from, ref v, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes, TVector>(ref byte m, nint termBytes, TVector bias, ref byte y, nint pixelBytes, nint lineBytes)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        for (int i = 0; i < SplitTerms.Length; i++)
        {
            ref byte term = ref Unsafe.Add(ref m, SplitTerms[i] * termBytes);
            TVector high = TLanes.Load(ref Unsafe.Add(ref m, (36 + i) * termBytes));
            TLanes.Store(TLanes.Add(TLanes.Load(ref term), TLanes.ShiftLeft(high, 4)), ref term);
        }

        for (nint x = 0; x < 6; x++)
        {
            ref byte column = ref Unsafe.Add(ref m, x * termBytes);
            OutputTerms<TLanes, TVector>(ref column, 6 * termBytes, out TVector y0, out TVector y1);
            TLanes.Store(y0, ref column);
            TLanes.Store(y1, ref Unsafe.Add(ref column, 6 * termBytes));
        }

        OutputLine<TLanes, TVector>(ref m, termBytes, bias, ref y, pixelBytes, 3);
        OutputLine<TLanes, TVector>(ref Unsafe.Add(ref m, 6 * termBytes), termBytes, bias, ref Unsafe.Add(ref y, lineBytes), pixelBytes, 2);
    }

    /// <summary>Two pixels of a line whose sums are 3 * 2^<paramref name="power"/> times too large already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine<TLanes, TVector>(ref byte m, nint termBytes, TVector bias, ref byte y, nint pixelBytes, int power)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        OutputTerms<TLanes, TVector>(ref m, termBytes, out TVector y0, out TVector y1);
        TLanes.Store(WinogradInt8Tile4.Divide<TLanes, TVector>(y0, power + 3, bias), ref y);
        TLanes.Store(WinogradInt8Tile4.Divide<TLanes, TVector>(y1, power + 2, bias), ref Unsafe.Add(ref y, pixelBytes));
    }

    /// <summary><c>A'</c> times six values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputTerms<TLanes, TVector>(ref byte m, nint from, out TVector y0, out TVector y1)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        TVector m1 = TLanes.Load(ref Unsafe.Add(ref m, from));
        TVector m2 = TLanes.Load(ref Unsafe.Add(ref m, 2 * from));
        TVector m3 = TLanes.Load(ref Unsafe.Add(ref m, 3 * from));
        TVector m4 = TLanes.Load(ref Unsafe.Add(ref m, 4 * from));
        TVector difference = TLanes.Add(TLanes.Subtract(m1, m2), TLanes.Load(ref Unsafe.Add(ref m, 5 * from)));
        y0 = TLanes.Add(TLanes.Add(TLanes.Load(ref m), TLanes.Add(m3, m4)), TLanes.ShiftLeft(TLanes.Add(m1, m2), 2));
        y1 = TLanes.Add(TLanes.Add(difference, difference), TLanes.Subtract(m3, m4));
    }
}
