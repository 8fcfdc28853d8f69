using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// A^T m A of each tile, and the epilogue. Lanes are output channels. Tiles that reach beyond the image, and all tiles where channels do not fill whole vectors, are
/// written to the patch and finished from there.
/// </content>
internal static partial class ConvWinogradF32
{
    private static void TransformOutputs(
        IsaLevel isa, ref float scratch, ref float bias, ref float residual, ref float y, in WinogradScratch block, in WinogradShape shape, int first, int tiles,
        float min, float max, int outputStride)
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                TransformOutputs<Simd512F32>(ref scratch, ref bias, ref residual, ref y, block, shape, first, tiles, min, max, outputStride);
                break;
            case IsaLevel.AvxVnni or IsaLevel.Avx2:
                TransformOutputs<Simd256F32>(ref scratch, ref bias, ref residual, ref y, block, shape, first, tiles, min, max, outputStride);
                break;
            default:
                TransformOutputs<Simd128F32>(ref scratch, ref bias, ref residual, ref y, block, shape, first, tiles, min, max, outputStride);
                break;
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void TransformOutputs<TVector>(
        ref float scratch, ref float bias, ref float residual, ref float y, in WinogradScratch block, in WinogradShape shape, int first, int tiles, float min,
        float max, int outputStride)
        where TVector : struct, ISimdF32<TVector>
    {
        int channels = shape.OutputChannels, size = OutputTile(shape);
        bool wholeVectors = channels % TVector.Count == 0;
        nint pixel = (nint)outputStride * sizeof(float), row = shape.OutputWidth * pixel;
        var direct = new WinogradOutput(size, channels, row, pixel, min, max);
        nint patchPixel = (nint)block.OutputColumns * sizeof(float);
        var indirect = new WinogradOutput(size, block.OutputColumns, size * patchPixel, patchPixel, float.NegativeInfinity, float.PositiveInfinity);
        var tile = new WinogradTile(first, TilesY(shape), TilesX(shape));
        for (int i = 0; i < tiles; i++)
        {
            int top = tile.Y * size, left = tile.X * size;
            ref float products = ref Unsafe.Add(ref scratch, block.Outputs + (i * block.OutputColumns));
            nint corner = ((nint)tile.Image * shape.OutputHeight * row) + (top * row) + (left * pixel);
            ref float target = ref Unsafe.AddByteOffset(ref y, corner);
            ref float added = ref TileF32.OffsetUnlessNull(ref residual, corner);
            int rows = Math.Min(size, shape.OutputHeight - top), columns = Math.Min(size, shape.OutputWidth - left);
            if (wholeVectors && rows == size && columns == size)
            {
                TransformTile<TVector>(ref products, block.OutputStride, ref bias, ref target, ref added, direct);
            }
            else
            {
                ref float patch = ref Unsafe.Add(ref scratch, block.Patch);
                TransformTile<TVector>(ref products, block.OutputStride, ref bias, ref patch, ref Unsafe.NullRef<float>(), indirect);
                for (int r = 0; r < rows; r++)
                {
                    for (int c = 0; c < columns; c++)
                    {
                        nint offset = (r * row) + (c * pixel);
                        TileF32.FinishEdge(
                            ref Unsafe.Add(ref patch, ((r * size) + c) * block.OutputColumns), ref Unsafe.AddByteOffset(ref target, offset),
                            ref TileF32.OffsetUnlessNull(ref added, offset), channels, min, max);
                    }
                }
            }

            tile.Next();
        }
    }

    private static void TransformTile<TVector>(ref float products, nint stride, ref float bias, ref float y, ref float residual, in WinogradOutput output)
        where TVector : struct, ISimdF32<TVector>
    {
        if (output.Size == 4)
        {
            EvenColumns<TVector>(ref products, stride, ref bias, ref y, ref residual, output);
            OddColumns<TVector>(ref products, stride, ref bias, ref y, ref residual, output);
        }
        else
        {
            TransformTwo<TVector>(ref products, stride, ref bias, ref y, ref residual, output);
        }
    }

    /// <summary>Columns 0 and 2 of 4x4 outputs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void EvenColumns<TVector>(ref float products, nint stride, ref float bias, ref float y, ref float residual, in WinogradOutput output)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector min = TVector.Create(output.Min), max = TVector.Create(output.Max);
        nint row = WinogradF32.Patch * stride;
        for (int channel = 0; channel < output.Channels; channel += TVector.Count)
        {
            ref float m = ref Unsafe.Add(ref products, channel);
            TVector start = TVector.LoadUnsafe(in bias, (nuint)channel);
            nint offset = (nint)channel * sizeof(float);
            RowEven<TVector>(ref m, stride, out TVector a0, out TVector b0);
            RowEven<TVector>(ref Unsafe.Add(ref m, row), stride, out TVector a1, out TVector b1);
            RowEven<TVector>(ref Unsafe.Add(ref m, 2 * row), stride, out TVector a2, out TVector b2);
            RowEven<TVector>(ref Unsafe.Add(ref m, 3 * row), stride, out TVector a3, out TVector b3);
            RowEven<TVector>(ref Unsafe.Add(ref m, 4 * row), stride, out TVector a4, out TVector b4);
            RowEven<TVector>(ref Unsafe.Add(ref m, 5 * row), stride, out TVector a5, out TVector b5);
            ColumnOfFour(a0, a1, a2, a3, a4, a5, start, min, max, ref y, ref residual, offset, output.Row);
            ColumnOfFour(b0, b1, b2, b3, b4, b5, start, min, max, ref y, ref residual, offset + (2 * output.Pixel), output.Row);
        }
    }

    /// <summary>Columns 1 and 3 of 4x4 outputs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void OddColumns<TVector>(ref float products, nint stride, ref float bias, ref float y, ref float residual, in WinogradOutput output)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector min = TVector.Create(output.Min), max = TVector.Create(output.Max);
        nint row = WinogradF32.Patch * stride;
        for (int channel = 0; channel < output.Channels; channel += TVector.Count)
        {
            ref float m = ref Unsafe.Add(ref products, channel);
            TVector start = TVector.LoadUnsafe(in bias, (nuint)channel);
            nint offset = (nint)channel * sizeof(float);
            RowOdd<TVector>(ref m, stride, out TVector a0, out TVector b0);
            RowOdd<TVector>(ref Unsafe.Add(ref m, row), stride, out TVector a1, out TVector b1);
            RowOdd<TVector>(ref Unsafe.Add(ref m, 2 * row), stride, out TVector a2, out TVector b2);
            RowOdd<TVector>(ref Unsafe.Add(ref m, 3 * row), stride, out TVector a3, out TVector b3);
            RowOdd<TVector>(ref Unsafe.Add(ref m, 4 * row), stride, out TVector a4, out TVector b4);
            RowOdd<TVector>(ref Unsafe.Add(ref m, 5 * row), stride, out TVector a5, out TVector b5);
            ColumnOfFour(a0, a1, a2, a3, a4, a5, start, min, max, ref y, ref residual, offset + output.Pixel, output.Row);
            ColumnOfFour(b0, b1, b2, b3, b4, b5, start, min, max, ref y, ref residual, offset + (3 * output.Pixel), output.Row);
        }
    }

    /// <summary>2x2 outputs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void TransformTwo<TVector>(ref float products, nint stride, ref float bias, ref float y, ref float residual, in WinogradOutput output)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector min = TVector.Create(output.Min), max = TVector.Create(output.Max);
        nint row = WinogradF32.Patch * stride;
        for (int channel = 0; channel < output.Channels; channel += TVector.Count)
        {
            ref float m = ref Unsafe.Add(ref products, channel);
            TVector start = TVector.LoadUnsafe(in bias, (nuint)channel);
            nint offset = (nint)channel * sizeof(float);
            RowOfTwo<TVector>(ref m, stride, out TVector a0, out TVector b0);
            RowOfTwo<TVector>(ref Unsafe.Add(ref m, row), stride, out TVector a1, out TVector b1);
            RowOfTwo<TVector>(ref Unsafe.Add(ref m, 2 * row), stride, out TVector a2, out TVector b2);
            RowOfTwo<TVector>(ref Unsafe.Add(ref m, 3 * row), stride, out TVector a3, out TVector b3);
            RowOfTwo<TVector>(ref Unsafe.Add(ref m, 4 * row), stride, out TVector a4, out TVector b4);
            RowOfTwo<TVector>(ref Unsafe.Add(ref m, 5 * row), stride, out TVector a5, out TVector b5);
            ColumnOfTwo(a0, a1, a2, a3, a4, a5, start, min, max, ref y, ref residual, offset, output.Row);
            ColumnOfTwo(b0, b1, b2, b3, b4, b5, start, min, max, ref y, ref residual, offset + output.Pixel, output.Row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowEven<TVector>(ref float m, nint stride, out TVector y0, out TVector y2)
        where TVector : struct, ISimdF32<TVector> =>
        WinogradF32.OutputEven(
            TVector.LoadUnsafe(in m, 0),
            TVector.LoadUnsafe(in m, (nuint)stride),
            TVector.LoadUnsafe(in m, (nuint)(2 * stride)),
            TVector.LoadUnsafe(in m, (nuint)(3 * stride)),
            TVector.LoadUnsafe(in m, (nuint)(4 * stride)),
            out y0,
            out y2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowOdd<TVector>(ref float m, nint stride, out TVector y1, out TVector y3)
        where TVector : struct, ISimdF32<TVector> =>
        WinogradF32.OutputOdd(
            TVector.LoadUnsafe(in m, (nuint)stride),
            TVector.LoadUnsafe(in m, (nuint)(2 * stride)),
            TVector.LoadUnsafe(in m, (nuint)(3 * stride)),
            TVector.LoadUnsafe(in m, (nuint)(4 * stride)),
            TVector.LoadUnsafe(in m, (nuint)(5 * stride)),
            out y1,
            out y3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowOfTwo<TVector>(ref float m, nint stride, out TVector y0, out TVector y1)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector m1 = TVector.LoadUnsafe(in m, (nuint)stride), m2 = TVector.LoadUnsafe(in m, (nuint)(2 * stride));
        TVector m3 = TVector.LoadUnsafe(in m, (nuint)(3 * stride)), m4 = TVector.LoadUnsafe(in m, (nuint)(4 * stride));
        WinogradF32.OutputEven(TVector.LoadUnsafe(in m, 0), m1, m2, m3, m4, out y0, out _);
        y1 = WinogradF32.OutputLast(m1, m2, m3, m4, TVector.LoadUnsafe(in m, (nuint)(5 * stride)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ColumnOfFour<TVector>(
        TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5, TVector bias, TVector min, TVector max, ref float y, ref float residual,
        nint offset, nint row)
        where TVector : struct, ISimdF32<TVector>
    {
        WinogradF32.OutputEven(m0, m1, m2, m3, m4, out TVector y0, out TVector y2);
        WinogradF32.OutputOdd(m1, m2, m3, m4, m5, out TVector y1, out TVector y3);
        TileF32.Finish(y0 + bias, min, max, ref y, ref residual, offset);
        TileF32.Finish(y1 + bias, min, max, ref y, ref residual, offset + row);
        TileF32.Finish(y2 + bias, min, max, ref y, ref residual, offset + (2 * row));
        TileF32.Finish(y3 + bias, min, max, ref y, ref residual, offset + (3 * row));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ColumnOfTwo<TVector>(
        TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5, TVector bias, TVector min, TVector max, ref float y, ref float residual,
        nint offset, nint row)
        where TVector : struct, ISimdF32<TVector>
    {
        WinogradF32.OutputEven(m0, m1, m2, m3, m4, out TVector y0, out _);
        TVector y1 = WinogradF32.OutputLast(m1, m2, m3, m4, m5);
        TileF32.Finish(y0 + bias, min, max, ref y, ref residual, offset);
        TileF32.Finish(y1 + bias, min, max, ref y, ref residual, offset + row);
    }

    /// <summary>Where a tile of outputs goes, and its bounds.</summary>
    /// <param name="Size">Rows and columns of the tile: 4 or 2.</param>
    /// <param name="Channels">Channels to compute.</param>
    /// <param name="Row">Bytes from a row of the output to the next.</param>
    /// <param name="Pixel">Bytes from a pixel of the output to the next.</param>
    /// <param name="Min">Lower bound.</param>
    /// <param name="Max">Upper bound.</param>
    private readonly record struct WinogradOutput(int Size, int Channels, nint Row, nint Pixel, float Min, float Max);
}
