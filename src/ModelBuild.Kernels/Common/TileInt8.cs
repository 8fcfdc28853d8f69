using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// The loops of every 8-bit matrix product and convolution: unsigned 8-bit inputs, signed 8-bit weights in the layout of <see cref="TileInt8Layout"/>, int32
/// accumulators. Sums are exact, so that every instruction set gives the same bits; an accumulator must stay within int32, which it does when
/// <c>|bias| + 255 * 128 * K &lt; 2^31</c>, that is for K up to 65,000.
/// </summary>
/// <remarks>
/// <para>
/// There are two families. Where <c>vpdpbusd</c> exists, tiles read the bytes of the layer's input. Elsewhere products are of 16-bit words, and the caller widens
/// the inputs first: <see cref="InputBytes"/> says which. All strides of the shape are in bytes of what is read.
/// </para>
/// <para>
/// A tile reads whole steps of four inputs: what follows the end of a tap meets zero weights. Words are followed by <see cref="SlackInputs"/> others. Bytes need not
/// be: pixels whose last step would leave the input are computed by <see cref="Row"/>, which assembles that step byte by byte. Only where pixels are pooled the caller
/// sees to it that whole steps are readable.
/// </para>
/// </remarks>
internal static partial class TileInt8
{
    /// <summary>Inputs that must be readable, whatever they are, after the last one of widened inputs.</summary>
    public const int SlackInputs = TileInt8Layout.GroupInputs;

    /// <summary>Tiles that are computed before they are finished: calls then cost little, and what an epilogue loads once serves many pixels.</summary>
    private const int RunTiles = 4;

    /// <summary>
    /// Bytes of the pixels (their own input and output) that are computed for all outputs before the loops go on: they and a panel of weights stay in the
    /// second-level cache.
    /// </summary>
    private const int BlockBytes = 128 * 1024;

    /// <summary>Bytes of an input as the loops of <paramref name="isa"/> read it: 2 where it must be widened (<see cref="WidenU8"/>), else 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int InputBytes(IsaLevel isa) => isa >= IsaLevel.AvxVnni && Isa.HasAvxVnni ? sizeof(byte) : sizeof(short);

    /// <summary>Start values of a panel without a bias.</summary>
    public static ReadOnlySpan<int> Zeros => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Computes all pixels of a layer. The caller has checked that the spans hold what <paramref name="shape"/> says.</summary>
    /// <param name="isa">A vector level; scalar code is the business of each kernel's reference.</param>
    /// <param name="x">Inputs, <see cref="InputBytes"/> each. Must not overlap the output.</param>
    /// <param name="weights">Packed weights.</param>
    /// <param name="bias">Start values of the accumulators, padded to whole panels; empty for zero.</param>
    /// <param name="operands">What the epilogue reads and writes.</param>
    /// <param name="output">The epilogue.</param>
    /// <param name="shape">The geometry.</param>
    /// <param name="firstOutput">Where the first output of each pixel is stored, in elements from the start of the pixel.</param>
    /// <param name="firstColumn">Index of the first output in bias, scales and the like.</param>
    public static void RunOn<TOutput>(
        IsaLevel isa,
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
        if (isa >= IsaLevel.Avx512 && Isa.HasAvx512 && Isa.HasAvxVnni)
        {
            RunBytes<TileInt8Vnni512, TileInt8Vnni512, Vector256<int>, Vector256<byte>, TOutput>(x, weights, bias, operands, output, shape, firstOutput, firstColumn);
        }
        else if (isa >= IsaLevel.AvxVnni && Isa.HasAvxVnni)
        {
            RunBytes<TileInt8Vnni, TileInt8Vnni, Vector256<int>, Vector256<byte>, TOutput>(x, weights, bias, operands, output, shape, firstOutput, firstColumn);
        }
        else if (isa >= IsaLevel.Avx512)
        {
            RunWide(x, weights, bias, operands, output, shape, firstOutput, firstColumn);
        }
        else if (isa >= IsaLevel.Avx2)
        {
            RunWords<TileInt8SplitPanel256, TileInt8Words256, Vector256<int>, TileInt8Words256.Pairs, TOutput>(x, weights, bias, operands, output, shape, firstOutput, firstColumn);
        }
        else
        {
            RunWords<TileInt8Panel<TileInt8Words128, Vector128<int>, TileInt8Words128.Pairs>, TileInt8Words128, Vector128<int>, TileInt8Words128.Pairs, TOutput>(
                x, weights, bias, operands, output, shape, firstOutput, firstColumn);
        }
    }

    /// <summary>
    /// The loops over bytes, tiles with <typeparamref name="TIsa"/> and single pixels with <typeparamref name="TRow"/>. Visible for tests, which run them with an emulated dot
    /// product where the CPU has none.
    /// </summary>
    internal static void RunBytes<TIsa, TRow, TSum, TOperand, TOutput>(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        in TileInt8Operands operands,
        in TOutput output,
        in TileInt8Shape shape,
        int firstOutput,
        int firstColumn)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TRow : struct, ITileInt8Isa<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output, ITileInt8Output<TSum>
    {
        // Without a bias every panel starts from the same sixteen zeros.
        int biasStep = bias.IsEmpty ? 0 : 1;
        ref int start = ref MemoryMarshal.GetReference(bias.IsEmpty ? Zeros : bias[firstColumn..]);
        ref byte input = ref MemoryMarshal.GetReference(x);
        ref sbyte packed = ref MemoryMarshal.GetReference(weights);

        int pixels = shape.Images * shape.Lines * shape.Pixels;
        int tiled = shape.Pool > 1 ? pixels : TiledPixels(x.Length, pixels, TIsa.Rows, shape);
        if (tiled > 0)
        {
            Tiles<TileInt8Panel<TIsa, TSum, TOperand>, TIsa, TSum, TOperand, TOutput>(
                ref input, ref packed, ref start, biasStep, operands, output, shape, tiled, firstOutput, firstColumn);
        }

        for (int pixel = tiled; pixel < pixels; pixel++)
        {
            nint index = ((nint)pixel * shape.OutputStride) + firstOutput;
            Row<TRow, TSum, TOperand, TOutput>(
                ref Unsafe.Add(ref input, shape.InputOffset(pixel)), ref packed, ref start, biasStep, operands, output, shape, index, firstColumn);
        }
    }

    private static void RunWords<TPanel, TIsa, TSum, TOperand, TOutput>(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        in TileInt8Operands operands,
        in TOutput output,
        in TileInt8Shape shape,
        int firstOutput,
        int firstColumn)
        where TPanel : struct, ITileInt8Panel
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>, IWordsRow<TSum>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output, ITileInt8Output<TSum>
    {
        int biasStep = bias.IsEmpty ? 0 : 1;
        ref int start = ref MemoryMarshal.GetReference(bias.IsEmpty ? Zeros : bias[firstColumn..]);
        ref byte input = ref MemoryMarshal.GetReference(x);
        ref sbyte packed = ref MemoryMarshal.GetReference(weights);

        // A single pixel that is left is cheaper as a row.
        int pixels = shape.Images * shape.Lines * shape.Pixels;
        int tiled = shape.Pool == 1 && pixels % TPanel.Rows == 1 ? pixels - 1 : pixels;
        if (tiled > 0)
        {
            Tiles<TPanel, TIsa, TSum, TOperand, TOutput>(
                ref input, ref packed, ref start, biasStep, operands, output, shape, tiled, firstOutput, firstColumn);
        }

        if (tiled < pixels)
        {
            nint index = ((nint)tiled * shape.OutputStride) + firstOutput;
            WordsRow<TIsa, TSum, TIsa, TSum, TOperand, TOutput>(
                ref Unsafe.Add(ref input, shape.InputOffset(tiled)), ref packed, ref start, biasStep, operands, output, shape, index, firstColumn);
        }
    }

    /// <summary>
    /// How many leading pixels are computed in tiles: those whose whole steps stay within the input, and a last tile only where it is at least half full.
    /// Offsets grow with the pixel, so that only the last few can reach too far.
    /// </summary>
    private static int TiledPixels(int length, int pixels, int rows, in TileInt8Shape shape)
    {
        int reach = ((shape.TapsY - 1) * shape.TapStrideY) + ((shape.TapsX - 1) * shape.TapStrideX) + TileInt8Layout.PaddedInner(shape.InnerK);
        int tiled = pixels;
        while (tiled > 0 && shape.InputOffset(tiled - 1) + reach > length)
        {
            tiled--;
        }

        int rest = tiled % rows;
        return 2 * rest < rows ? tiled - rest : tiled;
    }

    [MethodImpl(HotLoop.Options)]
    private static void Tiles<TPanel, TIsa, TSum, TOperand, TOutput>(
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
        where TPanel : struct, ITileInt8Panel
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output, ITileInt8Output<TSum>
    {
        nint panelBytes = (nint)TileInt8Layout.PanelOutputs * shape.TapsY * shape.TapsX * TileInt8Layout.PaddedInner(shape.InnerK);
        int tilesPerBlock = int.Max(1, BlockBytes / (TPanel.Rows * (shape.PixelStride + shape.OutputStride)));
        int block = TPanel.Rows * tilesPerBlock;
        int runPixels = RunTiles * TPanel.Rows / shape.Window;
        Span<nint> offsets = stackalloc nint[RunTiles * TPanel.Rows];
        Span<int> sums = stackalloc int[RunTiles * TPanel.Rows * 2 * TIsa.Lanes];
        ref nint offset = ref MemoryMarshal.GetReference(offsets);

        // Where pixels are narrower than a tile and follow each other, a whole vector may be stored: what is too much is overwritten by the next pixels.
        bool overwritten = shape.Outputs == shape.OutputStride && shape.Outputs <= 2 * TIsa.Lanes;
        nint lastWhole = overwritten ? operands.OutputLength - (2 * TIsa.Lanes) : -1;
        ref int sum = ref MemoryMarshal.GetReference(sums);

        for (int first = 0; first < pixels; first += block)
        {
            int end = int.Min(pixels, first + block);
            for (int column = 0; column < shape.Outputs; column += 2 * TIsa.Lanes)
            {
                // A tile of four-lane vectors is half a panel wide.
                ref sbyte panel = ref Unsafe.Add(
                    ref weights,
                    (column / TileInt8Layout.PanelOutputs * panelBytes) + (column % TileInt8Layout.PanelOutputs * TileInt8Layout.GroupInputs));
                var cursor = new TileInt8Cursor(shape, first);
                for (int pixel = first; pixel < end; pixel += runPixels)
                {
                    int count = int.Min(runPixels, end - pixel);
                    int rows = count * shape.Window;
                    Take(ref cursor, ref offset, count, (rows + TPanel.Rows - 1) / TPanel.Rows * TPanel.Rows, shape);
                    ref int start = ref Unsafe.Add(ref bias, column * biasStep);
                    for (int row = 0; row < rows; row += TPanel.Rows)
                    {
                        TPanel.Tile(
                            int.Min(rows - row, TPanel.Rows), ref x, ref Unsafe.Add(ref offset, row), ref panel, ref start, shape, ref Unsafe.Add(ref sum, row * 2 * TIsa.Lanes));
                    }

                    if (shape.Pool > 1)
                    {
                        Pool<TIsa, TSum, TOperand>(ref sum, count);
                    }

                    nint index = ((nint)pixel * shape.OutputStride) + firstOutput + column;
                    if (TIsa.FinishesQuads)
                    {
                        Finish512(ref sum, count, operands, output, index, shape.OutputStride, firstColumn + column, shape.Outputs - column, lastWhole);
                    }
                    else
                    {
                        Finish<TIsa, TSum, TOperand, TOutput>(
                            ref sum, count, operands, output, index, shape.OutputStride, firstColumn + column, shape.Outputs - column, lastWhole);
                    }
                }
            }
        }
    }
}
