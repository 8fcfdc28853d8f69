using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>
/// The loops around the tiles. A block of rows whose input stays in the cache meets one panel after the other, so that weights that do not fit are read once
/// per block. Within it a panel meets every row, and each row is cut into tiles. No order of these loops changes a result.
/// </content>
internal static partial class TileF32
{
    /// <summary>Input bytes of a block: a part of any L2 cache, beside the panel that streams through it.</summary>
    private const int BlockBytes = 128 * 1024;

    /// <summary>Runs all pixels of <paramref name="plane"/> through all panels of <paramref name="panels"/>; the stride of the weights in <paramref name="tile"/> is ignored.</summary>
    /// <param name="isa">The vectors to use; <see cref="IsaLevel.Plain"/> is not served here.</param>
    /// <param name="x">The first input value of the first pixel.</param>
    /// <param name="w">The packed weights.</param>
    /// <param name="bias">The packed bias.</param>
    /// <param name="y">The first output of the first pixel.</param>
    /// <param name="residual">Like <paramref name="y"/>, or a null reference.</param>
    /// <param name="panels">The layout of the weights.</param>
    /// <param name="plane">The pixels.</param>
    /// <param name="tile">What is read for a pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Plane(
        IsaLevel isa, ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, in TilePlaneF32 plane, in TileGeometryF32 tile)
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                Plane<Simd512F32, Simd256F32>(ref x, ref w, ref bias, ref y, ref residual, panels, plane, tile);
                break;
            case IsaLevel.AvxVnni or IsaLevel.Avx2:
                Plane<Simd256F32, Simd128F32>(ref x, ref w, ref bias, ref y, ref residual, panels, plane, tile);
                break;
            default:
                Plane<Simd128F32, Simd128F32>(ref x, ref w, ref bias, ref y, ref residual, panels, plane, tile);
                break;
        }
    }

    private static void Plane<TVector, THalf>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, in TilePlaneF32 plane, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
        where THalf : struct, ISimdF32<THalf>
    {
        if (plane.Pixels == 0)
        {
            return;
        }

        int mainHeight = MainHeight<TVector>(plane.RowPixels);
        int rows = (plane.Pixels + plane.RowPixels - 1) / plane.RowPixels;
        TilePlaneF32 rowsOfTiles = plane;
        if (rows == 1)
        {
            // A single long row is cut into rows of some tiles, all about the same, which blocks can be made of.
            int most = (int)nint.Clamp(BlockBytes / nint.Max(mainHeight * tile.PixelStride, 1), 1, CommonHeight<TVector>(mainHeight) / mainHeight);
            int tiles = (plane.Pixels + mainHeight - 1) / mainHeight;
            int parts = (tiles + most - 1) / most;
            int rowPixels = (tiles + parts - 1) / parts * mainHeight;
            rowsOfTiles = new TilePlaneF32(plane.Pixels, rowPixels, rowPixels * tile.PixelStride, rowPixels * tile.OutputStride);
            rows = (plane.Pixels + rowPixels - 1) / rowPixels;
        }

        int blockRows = (int)Math.Clamp(BlockBytes / Math.Max(rowsOfTiles.RowStride, 1), 1, rows);
        for (int row = 0; row < rows; row += blockRows)
        {
            Block<TVector, THalf>(ref x, ref w, ref bias, ref y, ref residual, panels, rowsOfTiles, tile, row, Math.Min(row + blockRows, rows), mainHeight);
        }
    }

    /// <summary>Columns are taken two vectors at a time, then one; what is left then fits into half a vector or is one that is not full.</summary>
    private static void Block<TVector, THalf>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, in TilePlaneF32 plane, in TileGeometryF32 tile,
        int rowBegin, int rowEnd, int mainHeight)
        where TVector : struct, ISimdF32<TVector>
        where THalf : struct, ISimdF32<THalf>
    {
        for (int column = 0, columns; column < panels.Columns; column += columns)
        {
            int left = panels.Columns - column;
            columns = left >= 2 * TVector.Count ? 2 * TVector.Count : Math.Min(left, TVector.Count);
            TileGeometryF32 strip = tile with { WeightStride = panels.RowStride(column) * sizeof(float) };
            ref float stripW = ref Unsafe.Add(ref w, panels.Offset(column));
            ref float stripBias = ref Unsafe.Add(ref bias, column);
            for (int row = rowBegin; row < rowEnd; row++)
            {
                int pixels = Math.Min(plane.RowPixels, plane.Pixels - (row * plane.RowPixels));
                nint output = (row * plane.OutputRowStride) + (column * sizeof(float));
                ref float stripX = ref Unsafe.AddByteOffset(ref x, row * plane.RowStride);
                ref float stripY = ref Unsafe.AddByteOffset(ref y, output);
                ref float stripResidual = ref OffsetUnlessNull(ref residual, output);
                if (columns > TVector.Count)
                {
                    Strip<TVector>(ref stripX, ref stripW, ref stripBias, ref stripY, ref stripResidual, pixels, mainHeight, strip);
                }
                else if (columns > THalf.Count)
                {
                    NarrowStrip<TVector>(ref stripX, ref stripW, ref stripBias, ref stripY, ref stripResidual, pixels, columns, strip);
                }
                else
                {
                    NarrowStrip<THalf>(ref stripX, ref stripW, ref stripBias, ref stripY, ref stripResidual, pixels, columns, strip);
                }
            }
        }
    }

    /// <summary>Runs <paramref name="pixels"/> neighbouring pixels in tiles of one vector, of which only <paramref name="columns"/> lanes may be outputs.</summary>
    private static void NarrowStrip<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, int pixels, int columns, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        if (columns < TVector.Count)
        {
            EdgeStrip<TVector>(ref x, ref w, ref bias, ref y, ref residual, pixels, columns, tile);
            return;
        }

        for (int done = 0, height; done < pixels; done += height)
        {
            height = NarrowHeight<TVector>(pixels - done);
            ref float tileX = ref Unsafe.AddByteOffset(ref x, done * tile.PixelStride);
            ref float tileY = ref Unsafe.AddByteOffset(ref y, done * tile.OutputStride);
            ref float tileResidual = ref OffsetUnlessNull(ref residual, done * tile.OutputStride);
            NarrowRows<TVector>(height, ref tileX, ref w, ref bias, ref tileY, ref tileResidual, tile);
        }
    }

    /// <summary>
    /// A strip that has fewer output channels than its vectors have lanes: tiles write their sums to a scratch buffer, from which the valid channels are
    /// finished and copied.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EdgeStrip<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, int pixels, int columns, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> scratch = stackalloc float[MaxHeight * PanelsF32.NarrowWidth];
        ref float sums = ref MemoryMarshal.GetReference(scratch);
        TileGeometryF32 plain = tile with
        {
            OutputStride = TVector.Count * sizeof(float),
            Min = float.NegativeInfinity,
            Max = float.PositiveInfinity,
        };
        for (int done = 0, height; done < pixels; done += height)
        {
            height = NarrowHeight<TVector>(pixels - done);
            NarrowRows<TVector>(height, ref Unsafe.AddByteOffset(ref x, done * tile.PixelStride), ref w, ref bias, ref sums, ref Unsafe.NullRef<float>(), plain);
            for (int pixel = 0; pixel < height; pixel++)
            {
                nint offset = (done + pixel) * tile.OutputStride;
                FinishEdge(
                    ref Unsafe.Add(ref sums, pixel * TVector.Count), ref Unsafe.AddByteOffset(ref y, offset), ref OffsetUnlessNull(ref residual, offset),
                    columns, tile.Min, tile.Max);
            }
        }
    }

    /// <summary>Adds the residual to <paramref name="count"/> sums, applies the bounds and writes them: in fours, then one by one.</summary>
    public static void FinishEdge(ref float sums, ref float y, ref float residual, int count, float min, float max)
    {
        int i = 0;
        for (; i + Simd128F32.Count <= count; i += Simd128F32.Count)
        {
            FinishAt<Simd128F32>(ref sums, ref y, ref residual, i, min, max);
        }

        for (; i < count; i++)
        {
            FinishAt<ScalarF32>(ref sums, ref y, ref residual, i, min, max);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishAt<TVector>(ref float sums, ref float y, ref float residual, int i, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector sum = TVector.LoadUnsafe(in sums, (nuint)i);
        Finish(sum, TVector.Create(min), TVector.Create(max), ref y, ref residual, i * sizeof(float));
    }
}
