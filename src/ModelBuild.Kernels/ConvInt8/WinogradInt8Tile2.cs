using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// F(2x2, 3x3): four outputs take 16 products for each channel instead of 36. G has halves in it; with <c>2 G</c> on both sides every term is an integer, and the
/// result is exactly four times the sum.
/// </summary>
/// <remarks>
/// With inputs of 0..255, terms of the transformed input are within 4 * 255 in magnitude, and those of the transformed weights within 9 * 128.
/// </remarks>
internal readonly struct WinogradInt8Tile2 : IWinogradInt8Tile
{
    public static int Size => 2;

    public static int Filter => 3;

    public static ReadOnlySpan<byte> SplitTerms => [];

    /// <summary><c>4 * 9 * 255 * 128</c> times this is below 2^31.</summary>
    public static int MaxChannels => 1824;

    /// <remarks>The rows of <c>2 G</c> are (2, 0, 0), (1, 1, 1), (1, -1, 1), (0, 0, 2).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightTerms<TLanes, TVector>(ref byte g, nint from, ref byte u, nint to)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        TVector g0 = TLanes.Load(ref g);
        TVector g1 = TLanes.Load(ref Unsafe.Add(ref g, from));
        TVector g2 = TLanes.Load(ref Unsafe.Add(ref g, 2 * from));
        TVector outer = TLanes.Add(g0, g2);
        TLanes.Store(TLanes.Add(g0, g0), ref u);
        TLanes.Store(TLanes.Add(outer, g1), ref Unsafe.Add(ref u, to));
        TLanes.Store(TLanes.Subtract(outer, g1), ref Unsafe.Add(ref u, 2 * to));
        TLanes.Store(TLanes.Add(g2, g2), ref Unsafe.Add(ref u, 3 * to));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputTerms<TLanes, TVector>(ref byte d, nint from, ref byte v, nint to)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        TVector d0 = TLanes.Load(ref d);
        TVector d1 = TLanes.Load(ref Unsafe.Add(ref d, from));
        TVector d2 = TLanes.Load(ref Unsafe.Add(ref d, 2 * from));
        TVector d3 = TLanes.Load(ref Unsafe.Add(ref d, 3 * from));
        TLanes.Store(TLanes.Subtract(d0, d2), ref v);
        TLanes.Store(TLanes.Add(d1, d2), ref Unsafe.Add(ref v, to));
        TLanes.Store(TLanes.Subtract(d2, d1), ref Unsafe.Add(ref v, 2 * to));
        TLanes.Store(TLanes.Subtract(d1, d3), ref Unsafe.Add(ref v, 3 * to));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes, TVector>(ref byte m, nint termBytes, TVector bias, ref byte y, nint pixelBytes, nint lineBytes)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        OutputTerms<TVector> column0 = OutputColumn<TLanes, TVector>(ref m, termBytes);
        OutputTerms<TVector> column1 = OutputColumn<TLanes, TVector>(ref Unsafe.Add(ref m, termBytes), termBytes);
        OutputTerms<TVector> column2 = OutputColumn<TLanes, TVector>(ref Unsafe.Add(ref m, 2 * termBytes), termBytes);
        OutputTerms<TVector> column3 = OutputColumn<TLanes, TVector>(ref Unsafe.Add(ref m, 3 * termBytes), termBytes);
        OutputRow<TLanes, TVector>(column0.A, column1.A, column2.A, column3.A, bias, ref y, pixelBytes);
        OutputRow<TLanes, TVector>(column0.B, column1.B, column2.B, column3.B, bias, ref Unsafe.Add(ref y, lineBytes), pixelBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OutputTerms<TVector> OutputColumn<TLanes, TVector>(ref byte m, nint termBytes)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        TVector m0 = TLanes.Load(ref m);
        TVector m1 = TLanes.Load(ref Unsafe.Add(ref m, 4 * termBytes));
        TVector m2 = TLanes.Load(ref Unsafe.Add(ref m, 8 * termBytes));
        TVector m3 = TLanes.Load(ref Unsafe.Add(ref m, 12 * termBytes));
        return new OutputTerms<TVector>(TLanes.Add(TLanes.Add(m0, m1), m2), TLanes.Subtract(TLanes.Subtract(m1, m2), m3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputRow<TLanes, TVector>(TVector m0, TVector m1, TVector m2, TVector m3, TVector bias, ref byte y, nint pixelBytes)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        TVector left = TLanes.Add(TLanes.Add(m0, m1), m2);
        TVector right = TLanes.Subtract(TLanes.Subtract(m1, m2), m3);
        TLanes.Store(TLanes.Add(TLanes.ShiftRight(left, 2), bias), ref y);
        TLanes.Store(TLanes.Add(TLanes.ShiftRight(right, 2), bias), ref Unsafe.Add(ref y, pixelBytes));
    }

    private readonly struct OutputTerms<T>(T a, T b)
    {
        public readonly T A = a;
        public readonly T B = b;
    }
}
