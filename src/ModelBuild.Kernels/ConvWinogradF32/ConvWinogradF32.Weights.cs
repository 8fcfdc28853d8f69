using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>G w G^T of each filter, computed once before the first run: the weights file keeps the 9 or 25 values of a filter, not the 36.</content>
internal static partial class ConvWinogradF32
{
    private const int LargestKernel = 5;

    /// <summary>Floats of the transformed weights.</summary>
    public static int TransformedLength(int inputChannels, int outputChannels) =>
        WinogradF32.Positions * new PanelsF32(inputChannels, outputChannels).Length;

    /// <summary>Transforms weights on the best instruction set of this CPU.</summary>
    /// <param name="weights">Weights as <see cref="PanelsF32"/> with one row for each (ky, kx, c), c fastest.</param>
    /// <param name="transformed">Receives <see cref="TransformedLength"/> floats: for each of the 36 positions a <see cref="PanelsF32"/> with one row for each c.</param>
    /// <param name="inputChannels">Channels of the input.</param>
    /// <param name="outputChannels">Channels of the output.</param>
    /// <param name="kernel">Rows and columns of the filter: 3 or 5.</param>
    public static void TransformWeights(ReadOnlySpan<float> weights, Span<float> transformed, int inputChannels, int outputChannels, int kernel) =>
        TransformWeightsOn(Isa.Best, weights, transformed, inputChannels, outputChannels, kernel);

    /// <summary><see cref="TransformWeights"/> on a given instruction set.</summary>
    public static void TransformWeightsOn(
        IsaLevel isa, ReadOnlySpan<float> weights, Span<float> transformed, int inputChannels, int outputChannels, int kernel)
    {
        var source = new PanelsF32(kernel * kernel * inputChannels, outputChannels);
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, source.Length, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(transformed.Length, TransformedLength(inputChannels, outputChannels), nameof(transformed));
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float u = ref MemoryMarshal.GetReference(transformed);
        switch (isa)
        {
            case IsaLevel.Avx512:
                TransformWeights<Simd512F32>(ref w, ref u, source, inputChannels, kernel);
                break;
            case IsaLevel.AvxVnni or IsaLevel.Avx2:
                TransformWeights<Simd256F32>(ref w, ref u, source, inputChannels, kernel);
                break;
            case IsaLevel.Vector128:
                TransformWeights<Simd128F32>(ref w, ref u, source, inputChannels, kernel);
                break;
            default:
                TransformWeights<ScalarF32>(ref w, ref u, source, inputChannels, kernel);
                break;
        }
    }

    /// <summary>
    /// A panel of output channels and some channels at a time, by way of a buffer: the positions are so far apart that, written one after the other, they would take turns in the
    /// few places of a cache that such addresses share.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private static void TransformWeights<TVector>(ref float weights, ref float transformed, in PanelsF32 source, int inputChannels, int kernel)
        where TVector : struct, ISimdF32<TVector>
    {
        const int Channels = 4, Gap = 16, BufferStride = (Channels * PanelsF32.Width) + Gap;
        Span<float> buffer = stackalloc float[WinogradF32.Positions * BufferStride];
        Span<float> rows = stackalloc float[LargestKernel * WinogradF32.Patch * TVector.Count];
        PanelsF32 target = source with { Depth = inputChannels };
        for (int panel = 0; panel < source.PaddedColumns; panel += PanelsF32.Width)
        {
            int row = source.RowStride(panel);
            ref float panelWeights = ref Unsafe.Add(ref weights, source.Offset(panel));
            ref float panelTransformed = ref Unsafe.Add(ref transformed, target.Offset(panel));
            for (int channel = 0; channel < inputChannels; channel += Channels)
            {
                int values = Math.Min(Channels, inputChannels - channel) * row;
                ref float first = ref Unsafe.Add(ref panelWeights, channel * row);
                for (int i = 0; i < values; i += TVector.Count)
                {
                    TransformFilter<TVector>(ref Unsafe.Add(ref first, i), (nint)row * inputChannels, kernel, ref rows[0], ref buffer[i], BufferStride);
                }

                for (int position = 0; position < WinogradF32.Positions; position++)
                {
                    ref float to = ref Unsafe.Add(ref panelTransformed, ((nint)position * target.Length) + (channel * row));
                    buffer.Slice(position * BufferStride, values).CopyTo(MemoryMarshal.CreateSpan(ref to, values));
                }
            }
        }
    }

    /// <summary>Transforms the filters of one input channel and one vector of output channels: first their rows, then the columns.</summary>
    /// <param name="w">The weights of tap 0.</param>
    /// <param name="tap">Floats from a tap to the next.</param>
    /// <param name="kernel">3 or 5.</param>
    /// <param name="rows">Room for the transformed rows.</param>
    /// <param name="u">Where position 0 goes.</param>
    /// <param name="stride">Floats from a position to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformFilter<TVector>(ref float w, nint tap, int kernel, ref float rows, ref float u, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        nint rowStride = WinogradF32.Patch * TVector.Count;
        for (nint y = 0; y < kernel; y++)
        {
            TransformTaps<TVector>(ref Unsafe.Add(ref w, y * kernel * tap), tap, kernel, ref Unsafe.Add(ref rows, y * rowStride), TVector.Count);
        }

        for (nint x = 0; x < WinogradF32.Patch; x++)
        {
            TransformTaps<TVector>(ref Unsafe.Add(ref rows, x * TVector.Count), rowStride, kernel, ref Unsafe.Add(ref u, x * stride), WinogradF32.Patch * stride);
        }
    }

    /// <summary>Transforms 3 or 5 vectors that are <paramref name="tap"/> floats apart into 6 that are <paramref name="stride"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformTaps<TVector>(ref float g, nint tap, int kernel, ref float t, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector g2 = TVector.LoadUnsafe(in g, (nuint)(2 * tap));
        TVector g3 = kernel == LargestKernel ? TVector.LoadUnsafe(in g, (nuint)(3 * tap)) : TVector.Zero;
        TVector g4 = kernel == LargestKernel ? TVector.LoadUnsafe(in g, (nuint)(4 * tap)) : TVector.Zero;
        WinogradF32.Weights(
            TVector.LoadUnsafe(in g, 0), TVector.LoadUnsafe(in g, (nuint)tap), g2, g3, g4, kernel == LargestKernel ? g4 : g2,
            out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5);
        t0.StoreUnsafe(ref t, 0);
        t1.StoreUnsafe(ref t, (nuint)stride);
        t2.StoreUnsafe(ref t, (nuint)(2 * stride));
        t3.StoreUnsafe(ref t, (nuint)(3 * stride));
        t4.StoreUnsafe(ref t, (nuint)(4 * stride));
        t5.StoreUnsafe(ref t, (nuint)(5 * stride));
    }
}
