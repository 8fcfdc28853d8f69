using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>The loops over tiles that are one 512-bit vector wide. Their sums are finished with 256-bit vectors, for which every epilogue exists.</content>
internal static partial class TileInt8
{
    /// <summary>Half of a first-level cache.</summary>
    private const int SmallWeights = 16 * 1024;

    private static void RunWide<TOutput>(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        in TileInt8Operands operands,
        in TOutput output,
        in TileInt8Shape shape,
        int firstOutput,
        int firstColumn)
        where TOutput : struct, ITileInt8Output
    {
        int biasStep = bias.IsEmpty ? 0 : 1;
        ref int start = ref MemoryMarshal.GetReference(bias.IsEmpty ? Zeros : bias[firstColumn..]);
        ref byte input = ref MemoryMarshal.GetReference(x);
        ref sbyte packed = ref MemoryMarshal.GetReference(weights);

        int pixels = shape.Images * shape.Lines * shape.Pixels;
        int tiled = shape.Pool == 1 && pixels % TileInt8Words512.Rows == 1 ? pixels - 1 : pixels;
        if (tiled > 0)
        {
            WideTiles(ref input, ref packed, ref start, biasStep, operands, output, shape, tiled, firstOutput, firstColumn);
        }

        if (tiled < pixels)
        {
            nint index = ((nint)tiled * shape.OutputStride) + firstOutput;
            WordsRow<TileInt8Words512, Vector512<int>, TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs, TOutput>(
                ref Unsafe.Add(ref input, shape.InputOffset(tiled)), ref packed, ref start, biasStep, operands, output, shape, index, firstColumn);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void WideTiles<TOutput>(
        ref byte x,
        ref sbyte weights,
        ref int bias,
        int biasStep,
        in TileInt8Operands operands,
        in TOutput output,
        in TileInt8Shape shape,
        int pixels,
        int firstOutput,
        int firstColumn)
        where TOutput : struct, ITileInt8Output
    {
        const int Rows = 16;
        nint panelBytes = (nint)TileInt8Layout.PanelOutputs * shape.TapsY * shape.TapsX * TileInt8Layout.PaddedInner(shape.InnerK);
        nint weightBytes = panelBytes * ((shape.Outputs + TileInt8Layout.PanelOutputs - 1) / TileInt8Layout.PanelOutputs);

        // Weights that stay in the first-level cache are all applied to a tile of pixels; others to as many as stay in the second-level cache.
        int tilesPerBlock = weightBytes <= SmallWeights ? 1 : int.Max(1, BlockBytes / (Rows * (shape.PixelStride + shape.OutputStride)));
        int tilePixels = Rows / shape.Window;
        int block = tilePixels * tilesPerBlock;
        Span<nint> offsets = stackalloc nint[Rows];
        Span<int> sums = stackalloc int[Rows * TileInt8Layout.PanelOutputs];
        ref nint offset = ref MemoryMarshal.GetReference(offsets);
        ref int sum = ref MemoryMarshal.GetReference(sums);

        // As in Tiles: what is stored too much is overwritten by the next pixels.
        bool overwritten = shape.Outputs == shape.OutputStride && shape.Outputs <= TileInt8Layout.PanelOutputs;
        nint lastWhole = overwritten ? operands.OutputLength - TileInt8Layout.PanelOutputs : -1;
        var blockCursor = new TileInt8Cursor(shape, 0);
        for (int first = 0; first < pixels; first += block)
        {
            int end = int.Min(pixels, first + block);
            TileInt8Cursor cursor = blockCursor;
            ref sbyte panel = ref weights;
            for (int column = 0; column < shape.Outputs; column += TileInt8Layout.PanelOutputs)
            {
                ref int start = ref Unsafe.Add(ref bias, column * biasStep);
                cursor = tilesPerBlock == 1 ? cursor : blockCursor;
                for (int pixel = first; pixel < end; pixel += tilePixels)
                {
                    int count = int.Min(tilePixels, end - pixel);
                    int rows = count * shape.Window;
                    if (column == 0 || tilesPerBlock > 1)
                    {
                        Take(ref cursor, ref offset, count, Rows, shape);
                    }

                    WideTileOf<TileInt8Words512, Vector512<int>, TileInt8Words512.Pairs>(rows, ref x, ref offset, ref panel, ref start, shape, ref sum);
                    if (shape.Pool > 1)
                    {
                        Pool<TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs>(ref sum, count);
                    }

                    nint index = ((nint)pixel * shape.OutputStride) + firstOutput + column;
                    Finish512(
                        ref sum, count, operands, output, index, shape.OutputStride, firstColumn + column, shape.Outputs - column, lastWhole);
                }

                panel = ref Unsafe.Add(ref panel, panelBytes);
            }

            blockCursor = cursor;
        }
    }

    /// <summary>The smallest tile that holds <paramref name="rows"/> pixels, 1..16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WideTileOf<TIsa, TSum, TOperand>(
        int rows, ref byte x, ref nint offsets, ref sbyte weights, ref int bias, in TileInt8Shape shape, ref int sums)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        if (rows > TileRows12.Count)
        {
            WideTile<TIsa, TSum, TOperand, TileRows16>(ref x, ref offsets, ref weights, ref bias, shape, ref sums);
        }
        else if (rows > TileRows8.Count)
        {
            WideTile<TIsa, TSum, TOperand, TileRows12>(ref x, ref offsets, ref weights, ref bias, shape, ref sums);
        }
        else if (rows > TileRows4.Count)
        {
            WideTile<TIsa, TSum, TOperand, TileRows8>(ref x, ref offsets, ref weights, ref bias, shape, ref sums);
        }
        else
        {
            WideTile<TIsa, TSum, TOperand, TileRows4>(ref x, ref offsets, ref weights, ref bias, shape, ref sums);
        }
    }
}
