using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>The loops around pooled tiles: as those of a plane, on rows of 2x2 pixels. No order of these loops changes a result.</content>
internal static partial class TileF32
{
    /// <summary>The most outputs that a pooled tile has.</summary>
    private const int MostPooled = 7;

    /// <summary>
    /// Runs rows of pixels of a filter that moves by one in both directions, and stores the largest of each 2x2 results, bounded. The strides of the weights in
    /// <paramref name="tile"/> are ignored.
    /// </summary>
    /// <param name="isa">The vectors to use; <see cref="IsaLevel.Plain"/> is not served here.</param>
    /// <param name="x">The first input value of the first pixel.</param>
    /// <param name="w">The packed weights.</param>
    /// <param name="bias">The packed bias.</param>
    /// <param name="y">The first output of the first pixel.</param>
    /// <param name="panels">The layout of the weights.</param>
    /// <param name="plane">The outputs, rows that are not shorter at the end; strides are from an output row to the next, that is over two rows of the input.</param>
    /// <param name="tile">What is read for a pixel: filter rows of one tap.</param>
    public static void PooledPlane(
        IsaLevel isa, ref float x, ref float w, ref float bias, ref float y, in PanelsF32 panels, in TilePlaneF32 plane, in TileGeometryF32 tile)
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                PooledPlane<Simd512F32, Simd256F32>(ref x, ref w, ref bias, ref y, panels, plane, tile);
                break;
            case IsaLevel.AvxVnni or IsaLevel.Avx2:
                PooledPlane<Simd256F32, Simd128F32>(ref x, ref w, ref bias, ref y, panels, plane, tile);
                break;
            default:
                PooledPlane<Simd128F32, Simd128F32>(ref x, ref w, ref bias, ref y, panels, plane, tile);
                break;
        }
    }

    private static void PooledPlane<TVector, THalf>(
        ref float x, ref float w, ref float bias, ref float y, in PanelsF32 panels, in TilePlaneF32 plane, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
        where THalf : struct, ISimdF32<THalf>
    {
        int rows = plane.Pixels / plane.RowPixels;
        int blockRows = (int)Math.Clamp(BlockBytes / Math.Max(plane.RowStride, 1), 1, rows);
        bool hasManyRegisters = TVector.Count == Simd512F32.Count;
        for (int block = 0; block < rows; block += blockRows)
        {
            for (int column = 0, columns; column < panels.Columns; column += columns)
            {
                int left = panels.Columns - column;
                columns = left >= 2 * TVector.Count ? 2 * TVector.Count : Math.Min(left, TVector.Count);
                TileGeometryF32 strip = tile with { WeightStride = panels.RowStride(column) * sizeof(float) };
                ref float stripW = ref Unsafe.Add(ref w, panels.Offset(column));
                ref float stripBias = ref Unsafe.Add(ref bias, column);
                for (int row = block; row < Math.Min(block + blockRows, rows); row++)
                {
                    ref float stripX = ref Unsafe.AddByteOffset(ref x, row * plane.RowStride);
                    ref float stripY = ref Unsafe.AddByteOffset(ref y, (row * plane.OutputRowStride) + (column * sizeof(float)));
                    if (columns > THalf.Count)
                    {
                        PooledStrip<TVector>(ref stripX, ref stripW, ref stripBias, ref stripY, plane.RowPixels, columns, hasManyRegisters, strip);
                    }
                    else
                    {
                        PooledStrip<THalf>(ref stripX, ref stripW, ref stripBias, ref stripY, plane.RowPixels, columns, hasManyRegisters, strip);
                    }
                }
            }
        }
    }

    /// <summary>Runs a row of outputs in tiles of one or two vectors, of which only <paramref name="columns"/> lanes may be outputs.</summary>
    private static void PooledStrip<TVector>(
        ref float x, ref float w, ref float bias, ref float y, int outputs, int columns, bool hasManyRegisters, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        if (columns < TVector.Count)
        {
            PooledEdge<TVector>(ref x, ref w, ref bias, ref y, outputs, columns, hasManyRegisters, tile);
            return;
        }

        bool narrow = columns == TVector.Count;
        for (int done = 0, width; done < outputs; done += width)
        {
            width = PooledWidth(outputs - done, narrow, hasManyRegisters);
            PooledTile<TVector>(
                width, narrow, ref Unsafe.AddByteOffset(ref x, 2 * done * tile.PixelStride), ref w, ref bias, ref Unsafe.AddByteOffset(ref y, done * tile.OutputStride), tile);
        }
    }

    /// <summary>A strip that has fewer output channels than its vectors have lanes: tiles write to a scratch buffer, from which the valid channels are copied.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PooledEdge<TVector>(
        ref float x, ref float w, ref float bias, ref float y, int outputs, int columns, bool hasManyRegisters, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> scratch = stackalloc float[MostPooled * PanelsF32.NarrowWidth];
        TileGeometryF32 own = tile with { OutputStride = TVector.Count * sizeof(float) };
        for (int done = 0, width; done < outputs; done += width)
        {
            width = PooledWidth(outputs - done, narrow: true, hasManyRegisters);
            PooledTile<TVector>(
                width, narrow: true, ref Unsafe.AddByteOffset(ref x, 2 * done * tile.PixelStride), ref w, ref bias, ref MemoryMarshal.GetReference(scratch), own);
            for (int i = 0; i < width; i++)
            {
                ref float pixel = ref Unsafe.AddByteOffset(ref y, (done + i) * tile.OutputStride);
                scratch.Slice(i * TVector.Count, columns).CopyTo(MemoryMarshal.CreateSpan(ref pixel, columns));
            }
        }
    }

    /// <summary>Outputs of the next tile when some are left: as many as the registers hold.</summary>
    private static int PooledWidth(int left, bool narrow, bool hasManyRegisters) =>
        hasManyRegisters && narrow && left >= MostPooled ? MostPooled : hasManyRegisters && left >= 3 ? 3 : 1;

    private static void PooledTile<TVector>(int width, bool narrow, ref float x, ref float w, ref float bias, ref float y, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        switch (width, narrow)
        {
            case (MostPooled, _): PooledNarrow14<TVector>(ref x, ref w, ref bias, ref y, tile); break;
            case (3, true): PooledNarrow6<TVector>(ref x, ref w, ref bias, ref y, tile); break;
            case (_, true): PooledNarrow2<TVector>(ref x, ref w, ref bias, ref y, tile); break;
            case (3, false): Pooled6<TVector>(ref x, ref w, ref bias, ref y, tile); break;
            default: Pooled2<TVector>(ref x, ref w, ref bias, ref y, tile); break;
        }
    }
}
