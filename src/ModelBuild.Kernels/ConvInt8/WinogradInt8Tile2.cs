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

    /// <summary><c>4 * 9 * 255 * 128</c> times this is below 2^31.</summary>
    public static int MaxChannels => 1824;

    public static void Weights(ReadOnlySpan<int> g, Span<int> u)
    {
        g = g[..9];
        u = u[..16];
        (int first0, int sum0, int difference0, int last0) = WeightTerms(g[0], g[3], g[6]);
        (int first1, int sum1, int difference1, int last1) = WeightTerms(g[1], g[4], g[7]);
        (int first2, int sum2, int difference2, int last2) = WeightTerms(g[2], g[5], g[8]);
        (u[0], u[1], u[2], u[3]) = WeightTerms(first0, first1, first2);
        (u[4], u[5], u[6], u[7]) = WeightTerms(sum0, sum1, sum2);
        (u[8], u[9], u[10], u[11]) = WeightTerms(difference0, difference1, difference2);
        (u[12], u[13], u[14], u[15]) = WeightTerms(last0, last1, last2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes, TVector>(ref byte d, nint pixelBytes, nint lineBytes, ref byte v, nint termBytes)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        InputTerms<TVector> column0 = InputColumn<TLanes, TVector>(ref d, lineBytes);
        InputTerms<TVector> column1 = InputColumn<TLanes, TVector>(ref Unsafe.Add(ref d, pixelBytes), lineBytes);
        InputTerms<TVector> column2 = InputColumn<TLanes, TVector>(ref Unsafe.Add(ref d, 2 * pixelBytes), lineBytes);
        InputTerms<TVector> column3 = InputColumn<TLanes, TVector>(ref Unsafe.Add(ref d, 3 * pixelBytes), lineBytes);
        InputRow<TLanes, TVector>(column0.A, column1.A, column2.A, column3.A, ref v, termBytes);
        InputRow<TLanes, TVector>(column0.B, column1.B, column2.B, column3.B, ref Unsafe.Add(ref v, 4 * termBytes), termBytes);
        InputRow<TLanes, TVector>(column0.C, column1.C, column2.C, column3.C, ref Unsafe.Add(ref v, 8 * termBytes), termBytes);
        InputRow<TLanes, TVector>(column0.D, column1.D, column2.D, column3.D, ref Unsafe.Add(ref v, 12 * termBytes), termBytes);
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
    private static InputTerms<TVector> InputColumn<TLanes, TVector>(ref byte d, nint lineBytes)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        TVector d0 = TLanes.Load(ref d);
        TVector d1 = TLanes.Load(ref Unsafe.Add(ref d, lineBytes));
        TVector d2 = TLanes.Load(ref Unsafe.Add(ref d, 2 * lineBytes));
        TVector d3 = TLanes.Load(ref Unsafe.Add(ref d, 3 * lineBytes));
        return new InputTerms<TVector>(TLanes.Subtract(d0, d2), TLanes.Add(d1, d2), TLanes.Subtract(d2, d1), TLanes.Subtract(d1, d3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputRow<TLanes, TVector>(TVector d0, TVector d1, TVector d2, TVector d3, ref byte v, nint termBytes)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        TLanes.Store(TLanes.Subtract(d0, d2), ref v);
        TLanes.Store(TLanes.Add(d1, d2), ref Unsafe.Add(ref v, termBytes));
        TLanes.Store(TLanes.Subtract(d2, d1), ref Unsafe.Add(ref v, 2 * termBytes));
        TLanes.Store(TLanes.Subtract(d1, d3), ref Unsafe.Add(ref v, 3 * termBytes));
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

    /// <summary><c>2 G</c> times a column: its rows are (2, 0, 0), (1, 1, 1), (1, -1, 1), (0, 0, 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int First, int Sum, int Difference, int Last) WeightTerms(int a, int b, int c) => (2 * a, a + b + c, a - b + c, 2 * c);

    private readonly struct InputTerms<T>(T a, T b, T c, T d)
    {
        public readonly T A = a;
        public readonly T B = b;
        public readonly T C = c;
        public readonly T D = d;
    }

    private readonly struct OutputTerms<T>(T a, T b)
    {
        public readonly T A = a;
        public readonly T B = b;
    }
}
