using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// B^T x B of each patch. Lanes are channels; the last vector of channels may overlap the one before, which writes the same values twice. The two halves of a
/// patch's transformed columns are computed one after the other: 18 of the 36 values fit the registers of AVX-512.
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

    private static void TransformPatch<TVector>(ref float x, nint row, int channels, ref float target, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        LowColumns<TVector>(ref x, row, channels, ref target, stride);
        HighColumns<TVector>(ref x, row, channels, ref target, stride);
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

    /// <summary>Transforms a patch of 6x6 pixels, all channels, into the positions of its transformed columns 0 to 2.</summary>
    /// <param name="x">The first channel of the first pixel.</param>
    /// <param name="row">Floats from a row to the next.</param>
    /// <param name="channels">Channels, and floats from a pixel to the next: at least one vector.</param>
    /// <param name="target">Where position 0 goes.</param>
    /// <param name="stride">Floats from a position to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void LowColumns<TVector>(ref float x, nint row, int channels, ref float target, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        for (int done = 0; done < channels; done += TVector.Count)
        {
            int channel = Math.Min(done, channels - TVector.Count);
            ref float d = ref Unsafe.Add(ref x, channel);
            ref float t = ref Unsafe.Add(ref target, channel);
            RowLow<TVector>(ref d, channels, out TVector a0, out TVector b0, out TVector c0);
            RowLow<TVector>(ref Unsafe.Add(ref d, row), channels, out TVector a1, out TVector b1, out TVector c1);
            RowLow<TVector>(ref Unsafe.Add(ref d, 2 * row), channels, out TVector a2, out TVector b2, out TVector c2);
            RowLow<TVector>(ref Unsafe.Add(ref d, 3 * row), channels, out TVector a3, out TVector b3, out TVector c3);
            RowLow<TVector>(ref Unsafe.Add(ref d, 4 * row), channels, out TVector a4, out TVector b4, out TVector c4);
            RowLow<TVector>(ref Unsafe.Add(ref d, 5 * row), channels, out TVector a5, out TVector b5, out TVector c5);
            Column(a0, a1, a2, a3, a4, a5, ref t, stride);
            Column(b0, b1, b2, b3, b4, b5, ref Unsafe.Add(ref t, stride), stride);
            Column(c0, c1, c2, c3, c4, c5, ref Unsafe.Add(ref t, 2 * stride), stride);
        }
    }

    /// <summary>As <see cref="LowColumns"/>, columns 3 to 5. Both halves in one method would be more calls than the JIT inlines.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void HighColumns<TVector>(ref float x, nint row, int channels, ref float target, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        for (int done = 0; done < channels; done += TVector.Count)
        {
            int channel = Math.Min(done, channels - TVector.Count);
            ref float d = ref Unsafe.Add(ref x, channel);
            ref float t = ref Unsafe.Add(ref target, channel);
            RowHigh<TVector>(ref d, channels, out TVector a0, out TVector b0, out TVector c0);
            RowHigh<TVector>(ref Unsafe.Add(ref d, row), channels, out TVector a1, out TVector b1, out TVector c1);
            RowHigh<TVector>(ref Unsafe.Add(ref d, 2 * row), channels, out TVector a2, out TVector b2, out TVector c2);
            RowHigh<TVector>(ref Unsafe.Add(ref d, 3 * row), channels, out TVector a3, out TVector b3, out TVector c3);
            RowHigh<TVector>(ref Unsafe.Add(ref d, 4 * row), channels, out TVector a4, out TVector b4, out TVector c4);
            RowHigh<TVector>(ref Unsafe.Add(ref d, 5 * row), channels, out TVector a5, out TVector b5, out TVector c5);
            Column(a0, a1, a2, a3, a4, a5, ref Unsafe.Add(ref t, 3 * stride), stride);
            Column(b0, b1, b2, b3, b4, b5, ref Unsafe.Add(ref t, 4 * stride), stride);
            Column(c0, c1, c2, c3, c4, c5, ref Unsafe.Add(ref t, 5 * stride), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowLow<TVector>(ref float d, nint pixel, out TVector t0, out TVector t1, out TVector t2)
        where TVector : struct, ISimdF32<TVector> =>
        WinogradF32.InputLow(
            TVector.LoadUnsafe(in d, 0),
            TVector.LoadUnsafe(in d, (nuint)pixel),
            TVector.LoadUnsafe(in d, (nuint)(2 * pixel)),
            TVector.LoadUnsafe(in d, (nuint)(3 * pixel)),
            TVector.LoadUnsafe(in d, (nuint)(4 * pixel)),
            out t0,
            out t1,
            out t2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowHigh<TVector>(ref float d, nint pixel, out TVector t3, out TVector t4, out TVector t5)
        where TVector : struct, ISimdF32<TVector> =>
        WinogradF32.InputHigh(
            TVector.LoadUnsafe(in d, (nuint)pixel),
            TVector.LoadUnsafe(in d, (nuint)(2 * pixel)),
            TVector.LoadUnsafe(in d, (nuint)(3 * pixel)),
            TVector.LoadUnsafe(in d, (nuint)(4 * pixel)),
            TVector.LoadUnsafe(in d, (nuint)(5 * pixel)),
            out t3,
            out t4,
            out t5);

    /// <summary>Transforms a column and stores it at every sixth position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<TVector>(TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, ref float t, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        nint step = WinogradF32.Patch * stride;
        WinogradF32.InputLow(d0, d1, d2, d3, d4, out TVector t0, out TVector t1, out TVector t2);
        t0.StoreUnsafe(ref t, 0);
        t1.StoreUnsafe(ref t, (nuint)step);
        t2.StoreUnsafe(ref t, (nuint)(2 * step));
        WinogradF32.InputHigh(d1, d2, d3, d4, d5, out TVector t3, out TVector t4, out TVector t5);
        t3.StoreUnsafe(ref t, (nuint)(3 * step));
        t4.StoreUnsafe(ref t, (nuint)(4 * step));
        t5.StoreUnsafe(ref t, (nuint)(5 * step));
    }
}
