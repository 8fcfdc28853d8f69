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
            TransformFour<TVector>(ref products, stride, ref bias, ref y, ref residual, output);
        }
        else
        {
            TransformTwo<TVector>(ref products, stride, ref bias, ref y, ref residual, output);
        }
    }

    /// <summary>4x4 outputs: first the rows of products, whose transforms take their place, then the columns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void TransformFour<TVector>(ref float products, nint stride, ref float bias, ref float y, ref float residual, in WinogradOutput output)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector min = TVector.Create(output.Min), max = TVector.Create(output.Max);
        for (int channel = 0; channel < output.Channels; channel += TVector.Count)
        {
            ref float m = ref Unsafe.Add(ref products, channel);
            TVector start = TVector.LoadUnsafe(in bias, (nuint)channel);
            nint offset = (nint)channel * sizeof(float);
            RowsOfFour<TVector>(ref m, stride);
            for (int column = 0; column < 4; column++)
            {
                FourOutputs(ref m, WinogradF32.Patch * stride, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
                TileF32.Finish(y0 + start, min, max, ref y, ref residual, offset);
                TileF32.Finish(y1 + start, min, max, ref y, ref residual, offset + output.Row);
                TileF32.Finish(y2 + start, min, max, ref y, ref residual, offset + (2 * output.Row));
                TileF32.Finish(y3 + start, min, max, ref y, ref residual, offset + (3 * output.Row));
                m = ref Unsafe.Add(ref m, stride);
                offset += output.Pixel;
            }
        }
    }

    /// <summary>2x2 outputs, likewise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void TransformTwo<TVector>(ref float products, nint stride, ref float bias, ref float y, ref float residual, in WinogradOutput output)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector min = TVector.Create(output.Min), max = TVector.Create(output.Max);
        for (int channel = 0; channel < output.Channels; channel += TVector.Count)
        {
            ref float m = ref Unsafe.Add(ref products, channel);
            TVector start = TVector.LoadUnsafe(in bias, (nuint)channel);
            nint offset = (nint)channel * sizeof(float);
            RowsOfTwo<TVector>(ref m, stride);
            for (int column = 0; column < 2; column++)
            {
                TwoOutputs(ref m, WinogradF32.Patch * stride, out TVector y0, out TVector y1);
                TileF32.Finish(y0 + start, min, max, ref y, ref residual, offset);
                TileF32.Finish(y1 + start, min, max, ref y, ref residual, offset + output.Row);
                m = ref Unsafe.Add(ref m, stride);
                offset += output.Pixel;
            }
        }
    }

    /// <summary>Replaces each row of six products by its four outputs, at the front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowsOfFour<TVector>(ref float m, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        for (int i = 0; i < WinogradF32.Patch; i++)
        {
            FourOutputs(ref m, stride, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
            y0.StoreUnsafe(ref m, 0);
            y1.StoreUnsafe(ref m, (nuint)stride);
            y2.StoreUnsafe(ref m, (nuint)(2 * stride));
            y3.StoreUnsafe(ref m, (nuint)(3 * stride));
            m = ref Unsafe.Add(ref m, WinogradF32.Patch * stride);
        }
    }

    /// <summary>Replaces each row of six products by its two outputs, at the front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RowsOfTwo<TVector>(ref float m, nint stride)
        where TVector : struct, ISimdF32<TVector>
    {
        for (int i = 0; i < WinogradF32.Patch; i++)
        {
            TwoOutputs(ref m, stride, out TVector y0, out TVector y1);
            y0.StoreUnsafe(ref m, 0);
            y1.StoreUnsafe(ref m, (nuint)stride);
            m = ref Unsafe.Add(ref m, WinogradF32.Patch * stride);
        }
    }

    /// <summary>The outputs of six products that are <paramref name="from"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourOutputs<TVector>(ref float m, nint from, out TVector y0, out TVector y1, out TVector y2, out TVector y3)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector m1 = TVector.LoadUnsafe(in m, (nuint)from), m2 = TVector.LoadUnsafe(in m, (nuint)(2 * from));
        TVector m3 = TVector.LoadUnsafe(in m, (nuint)(3 * from)), m4 = TVector.LoadUnsafe(in m, (nuint)(4 * from));
        WinogradF32.OutputEven(TVector.LoadUnsafe(in m, 0), m1, m2, m3, m4, out y0, out y2);
        WinogradF32.OutputOdd(m1, m2, m3, m4, TVector.LoadUnsafe(in m, (nuint)(5 * from)), out y1, out y3);
    }

    /// <summary>As <see cref="FourOutputs"/>, for 5x5 filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoOutputs<TVector>(ref float m, nint from, out TVector y0, out TVector y1)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector m1 = TVector.LoadUnsafe(in m, (nuint)from), m2 = TVector.LoadUnsafe(in m, (nuint)(2 * from));
        TVector m3 = TVector.LoadUnsafe(in m, (nuint)(3 * from)), m4 = TVector.LoadUnsafe(in m, (nuint)(4 * from));
        WinogradF32.OutputEven(TVector.LoadUnsafe(in m, 0), m1, m2, m3, m4, out y0, out _);
        y1 = WinogradF32.OutputLast(m1, m2, m3, m4, TVector.LoadUnsafe(in m, (nuint)(5 * from)));
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
