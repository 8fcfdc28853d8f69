using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The transforms of Winograd's minimal filtering F(2x2, 3x3) in integers: four neighbouring outputs of a 3x3 filter, <c>A'[(G g G') * (B' d B)]A</c>, take 16 products
/// for each channel instead of 36. G has halves in it; with <c>2 G</c> on both sides every term is an integer, and the result is exactly four times the sum, which a
/// shift undoes. So the bits are those of the plain sum. (Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2015.)
/// </summary>
/// <remarks>
/// With inputs of 0..255, terms of the transformed input are within 4 * 255 in magnitude, and those of the transformed weights within 9 * 128: both are words. Sums are
/// modulo 2^32 until the shift, so that only four times the true sum must stay below 2^31: with <see cref="MaxChannels"/> it does.
/// </remarks>
internal static partial class WinogradInt8
{
    /// <summary>Terms of a tile.</summary>
    public const int Terms = 16;

    /// <summary><c>4 * 9 * 255 * 128</c> times this is below 2^31.</summary>
    public const int MaxChannels = 1824;

    /// <summary><c>B' d B</c> for all channels of a tile.</summary>
    /// <param name="d">The first of 4x4 input pixels, as words.</param>
    /// <param name="pixelBytes">From a pixel to the next: the channels, a multiple of a vector.</param>
    /// <param name="lineBytes">From a line to the next.</param>
    /// <param name="v">Where the first term goes.</param>
    /// <param name="termBytes">From a term to the next.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Input<TLanes, TVector>(ref byte d, nint pixelBytes, nint lineBytes, ref byte v, nint termBytes)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (nint c = 0; c < pixelBytes; c += TLanes.Bytes)
        {
            ref byte pixel = ref Unsafe.Add(ref d, c);
            InputTerms<TVector> column0 = InputColumn<TLanes, TVector>(ref pixel, lineBytes);
            InputTerms<TVector> column1 = InputColumn<TLanes, TVector>(ref Unsafe.Add(ref pixel, pixelBytes), lineBytes);
            InputTerms<TVector> column2 = InputColumn<TLanes, TVector>(ref Unsafe.Add(ref pixel, 2 * pixelBytes), lineBytes);
            InputTerms<TVector> column3 = InputColumn<TLanes, TVector>(ref Unsafe.Add(ref pixel, 3 * pixelBytes), lineBytes);
            ref byte term = ref Unsafe.Add(ref v, c);
            InputRow<TLanes, TVector>(column0.A, column1.A, column2.A, column3.A, ref term, termBytes);
            InputRow<TLanes, TVector>(column0.B, column1.B, column2.B, column3.B, ref Unsafe.Add(ref term, 4 * termBytes), termBytes);
            InputRow<TLanes, TVector>(column0.C, column1.C, column2.C, column3.C, ref Unsafe.Add(ref term, 8 * termBytes), termBytes);
            InputRow<TLanes, TVector>(column0.D, column1.D, column2.D, column3.D, ref Unsafe.Add(ref term, 12 * termBytes), termBytes);
        }
    }

    /// <summary><c>A' m A / 4 + bias</c> for one vector of outputs of a tile.</summary>
    /// <param name="m">The first of 16 sums of products.</param>
    /// <param name="termBytes">From a sum to the next.</param>
    /// <param name="bias">What to add.</param>
    /// <param name="y">Where the first pixel goes.</param>
    /// <param name="pixelBytes">From a pixel to the right one.</param>
    /// <param name="lineBytes">From a pixel to the lower one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes, TVector>(ref byte m, nint termBytes, TVector bias, ref byte y, nint pixelBytes, nint lineBytes)
        where TLanes : struct, ILanes<TVector>
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
        where TLanes : struct, ILanes<TVector>
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
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TLanes.Store(TLanes.Subtract(d0, d2), ref v);
        TLanes.Store(TLanes.Add(d1, d2), ref Unsafe.Add(ref v, termBytes));
        TLanes.Store(TLanes.Subtract(d2, d1), ref Unsafe.Add(ref v, 2 * termBytes));
        TLanes.Store(TLanes.Subtract(d1, d3), ref Unsafe.Add(ref v, 3 * termBytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OutputTerms<TVector> OutputColumn<TLanes, TVector>(ref byte m, nint termBytes)
        where TLanes : struct, ILanes<TVector>
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
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector left = TLanes.Add(TLanes.Add(m0, m1), m2);
        TVector right = TLanes.Subtract(TLanes.Subtract(m1, m2), m3);
        TLanes.Store(TLanes.Add(TLanes.Quarter(left), bias), ref y);
        TLanes.Store(TLanes.Add(TLanes.Quarter(right), bias), ref Unsafe.Add(ref y, pixelBytes));
    }

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
