using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// B^T x B of each patch. Lanes are channels; the last vector of channels may overlap the one before, which writes the same values twice.
/// </content>
internal static partial class ConvWinogradF32
{
    private static void TransformInputs(
        IsaLevel isa, ref float x, ref float scratch, in WinogradScratch block, in WinogradShape shape, int first, int tiles)
    {
        if (isa == IsaLevel.Avx512 && shape.InputChannels >= Simd512F32.Count)
        {
            TransformInputs<Simd512F32>(ref x, ref scratch, block, shape, first, tiles);
        }
        else if (isa >= IsaLevel.Avx2 && shape.InputChannels >= Simd256F32.Count)
        {
            TransformInputs<Simd256F32>(ref x, ref scratch, block, shape, first, tiles);
        }
        else if (shape.InputChannels >= Simd128F32.Count)
        {
            TransformInputs<Simd128F32>(ref x, ref scratch, block, shape, first, tiles);
        }
        else
        {
            TransformInputs<ScalarF32>(ref x, ref scratch, block, shape, first, tiles);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void TransformInputs<TVector>(
        ref float x, ref float scratch, in WinogradScratch block, in WinogradShape shape, int first, int tiles)
        where TVector : struct, ISimdF32<TVector>
    {
        int channels = shape.InputChannels, size = OutputTile(shape);
        var tile = new WinogradTile(first, TilesY(shape), TilesX(shape));
        for (int i = 0; i < tiles; i++)
        {
            int row = (tile.Y * size) - shape.PadTop, column = (tile.X * size) - shape.PadLeft;
            ref float image = ref Unsafe.Add(ref x, (nint)tile.Image * InputLength(shape));
            ref float target = ref Unsafe.Add(ref scratch, i * channels);
            if (row >= 0 && column >= 0 && row + WinogradF32.Patch <= shape.InputHeight && column + WinogradF32.Patch <= shape.InputWidth)
            {
                ref float corner = ref Unsafe.Add(ref image, (((nint)row * shape.InputWidth) + column) * channels);
                TransformPatch<TVector>(ref corner, (nint)shape.InputWidth * channels, channels, ref target, block.InputStride);
            }
            else
            {
                ref float patch = ref Unsafe.Add(ref scratch, block.Patch);
                CopyPatch(ref image, ref patch, shape, row, column);
                TransformPatch<TVector>(ref patch, (nint)WinogradF32.Patch * channels, channels, ref target, block.InputStride);
            }

            tile.Next();
        }
    }

    /// <summary>Copies a patch that reaches beyond the image, with zeros for what is not there.</summary>
    private static void CopyPatch(ref float image, ref float patch, in WinogradShape shape, int row, int column)
    {
        int channels = shape.InputChannels, width = WinogradF32.Patch * channels;
        int skip = Math.Clamp(-column, 0, WinogradF32.Patch), end = Math.Clamp(shape.InputWidth - column, skip, WinogradF32.Patch);
        for (int i = 0; i < WinogradF32.Patch; i++)
        {
            Span<float> line = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add(ref patch, i * width), width);
            if (row + i < 0 || row + i >= shape.InputHeight || skip == end)
            {
                line.Clear();
                continue;
            }

            line[..(skip * channels)].Clear();
            nint source = (((nint)(row + i) * shape.InputWidth) + column + skip) * channels;
            System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add(ref image, source), (end - skip) * channels).CopyTo(line[(skip * channels)..]);
            line[(end * channels)..].Clear();
        }
    }

    /// <summary>
    /// Transforms a patch of 6x6 pixels, all channels: first its rows, to where the positions of their transforms are, and there the columns. All 36 values in registers would be
    /// more calls than the JIT inlines, and more registers than most processors have.
    /// </summary>
    /// <param name="x">The first channel of the first pixel.</param>
    /// <param name="row">Floats from a row to the next.</param>
    /// <param name="channels">Channels, and floats from a pixel to the next: at least one vector.</param>
    /// <param name="target">Where position 0 goes.</param>
    /// <param name="stride">Floats from a position to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void TransformPatch<TVector>(ref float x, nint row, int channels, ref float target, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        nint rowStride = WinogradF32.Patch * stride;
        for (int done = 0; done < channels; done += TVector.Count)
        {
            int channel = Math.Min(done, channels - TVector.Count);
            ref float d = ref Unsafe.Add(ref x, channel);
            ref float t = ref Unsafe.Add(ref target, channel);
            for (nint i = 0; i < WinogradF32.Patch; i++)
            {
                TransformInputs<TVector>(ref Unsafe.Add(ref d, i * row), channels, ref Unsafe.Add(ref t, i * rowStride), stride);
            }

            for (nint i = 0; i < WinogradF32.Patch; i++)
            {
                ref float column = ref Unsafe.Add(ref t, i * stride);
                TransformInputs<TVector>(ref column, rowStride, ref column, rowStride);
            }
        }
    }

    /// <summary>Transforms six vectors that are <paramref name="from"/> floats apart into six that are <paramref name="to"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformInputs<TVector>(ref float d, nint from, ref float t, nint to)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector d0 = TVector.LoadUnsafe(in d, 0), d1 = TVector.LoadUnsafe(in d, (nuint)from), d2 = TVector.LoadUnsafe(in d, (nuint)(2 * from));
        TVector d3 = TVector.LoadUnsafe(in d, (nuint)(3 * from)), d4 = TVector.LoadUnsafe(in d, (nuint)(4 * from)), d5 = TVector.LoadUnsafe(in d, (nuint)(5 * from));
        WinogradF32.InputLow(d0, d1, d2, d3, d4, out TVector t0, out TVector t1, out TVector t2);
        t0.StoreUnsafe(ref t, 0);
        t1.StoreUnsafe(ref t, (nuint)to);
        t2.StoreUnsafe(ref t, (nuint)(2 * to));
        WinogradF32.InputHigh(d1, d2, d3, d4, d5, out TVector t3, out TVector t4, out TVector t5);
        t3.StoreUnsafe(ref t, (nuint)(3 * to));
        t4.StoreUnsafe(ref t, (nuint)(4 * to));
        t5.StoreUnsafe(ref t, (nuint)(5 * to));
    }
}
