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

    private static void TransformWeights<TVector>(ref float weights, ref float transformed, in PanelsF32 source, int inputChannels, int kernel)
        where TVector : struct, ISimdF32<TVector>
    {
        PanelsF32 target = source with { Depth = inputChannels };
        for (int column = 0; column < source.PaddedColumns; column += TVector.Count)
        {
            nint row = source.RowStride(column);
            for (int channel = 0; channel < inputChannels; channel++)
            {
                ref float w = ref Unsafe.Add(ref weights, source.Offset(column) + (channel * row));
                ref float u = ref Unsafe.Add(ref transformed, target.Offset(column) + (channel * row));
                TransformFilter<TVector>(ref w, row * inputChannels, kernel, ref u, target.Length);
            }
        }
    }

    /// <summary>Transforms the filters of one input channel and one vector of output channels.</summary>
    /// <param name="w">The weights of tap 0.</param>
    /// <param name="tap">Floats from a tap to the next.</param>
    /// <param name="kernel">3 or 5.</param>
    /// <param name="u">Where position 0 goes.</param>
    /// <param name="stride">Floats from a position to the next.</param>
    private static void TransformFilter<TVector>(ref float w, nint tap, int kernel, ref float u, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> rows = stackalloc float[LargestKernel * WinogradF32.Patch * TVector.Count];
        ref float row = ref MemoryMarshal.GetReference(rows);
        nint rowStride = WinogradF32.Patch * TVector.Count;
        for (int y = 0; y < kernel; y++)
        {
            TransformTaps<TVector>(ref Unsafe.Add(ref w, y * kernel * tap), tap, kernel, ref Unsafe.Add(ref row, y * rowStride), TVector.Count);
        }

        for (int x = 0; x < WinogradF32.Patch; x++)
        {
            TransformTaps<TVector>(ref Unsafe.Add(ref row, x * TVector.Count), rowStride, kernel, ref Unsafe.Add(ref u, x * stride), WinogradF32.Patch * stride);
        }
    }

    /// <summary>Transforms 3 or 5 vectors that are <paramref name="tap"/> floats apart into 6 that are <paramref name="stride"/> floats apart.</summary>
    [MethodImpl(HotLoop.Options)]
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
