using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>
/// The loops: sixteen tiles of 2x2 outputs at a time are transformed to <c>[16 terms][16 tiles][channels]</c> words, each term is multiplied with its weights panel by
/// panel, and the sums are transformed back and finished. Everything of a group but the weights stays in the first-level cache.
/// </content>
internal static partial class WinogradInt8
{
    /// <summary>Tiles of a group: the rows of a product.</summary>
    private const int GroupTiles = TileInt8.ProductRows;

    /// <summary>Sums of a panel: of all terms, and after the transform of the 4 pixels of all tiles.</summary>
    private const int SumBytes = Terms * GroupTiles * TileInt8Layout.PanelOutputs * sizeof(int);

    private const int PixelSumBytes = 4 * GroupTiles * TileInt8Layout.PanelOutputs * sizeof(int);

    /// <summary>Whether transformed weights are used: where words are multiplied, by vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsUsedOn(IsaLevel isa) => isa != IsaLevel.Plain && TileInt8.InputBytes(isa) == sizeof(short);

    /// <summary>Words of the transformed weights: <c>[panel][term][channel / 4][2][16 outputs][2]</c>.</summary>
    public static int TransformedLength(in ConvShape shape) => TileInt8Layout.PaddedOutputs(shape.OutputChannels) * Terms * shape.InputChannels;

    /// <summary>Bytes of scratch besides what a band of lines needs.</summary>
    public static int ExtraScratch(in ConvShape shape) => (Terms * TermBytes(shape)) + SumBytes + PixelSumBytes + Beyond(shape);

    /// <summary>Computes output lines <paramref name="firstLine"/> to <paramref name="endLine"/> of one image; <paramref name="firstLine"/> is even.</summary>
    public static void Lines<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> image,
        ReadOnlySpan<short> transformed,
        ReadOnlySpan<int> bias,
        Span<byte> scratch,
        in TileInt8Operands operands,
        in TOutput output,
        int outputsBefore,
        int firstLine,
        int endLine,
        in ConvShape shape,
        in ImagePadding padding,
        byte zeroPoint)
        where TOutput : struct, ITileInt8Output<Vector256<int>>, ITileInt8Output<Vector128<int>>
    {
        // Bands but the last have whole tiles.
        int forBand = scratch.Length - ExtraScratch(shape);
        int linesPerBand = ConvInt8Band.LinesThatFit(forBand, sizeof(short), shape);
        linesPerBand = linesPerBand < endLine - firstLine ? linesPerBand & -2 : linesPerBand;
        if (linesPerBand == 0)
        {
            throw new ArgumentException("The scratch buffer is too short for two lines.", nameof(scratch));
        }

        Span<byte> work = scratch[..(ExtraScratch(shape) - Beyond(shape))];
        Span<byte> band = scratch[work.Length..];
        for (int line = firstLine; line < endLine; line += linesPerBand)
        {
            int lines = int.Min(linesPerBand, endLine - line);
            ConvInt8Band.Load(isa, image, band, line, lines, sizeof(short), zeroPoint, shape, padding);
            int firstOutput = outputsBefore + (line * shape.OutputWidth * shape.OutputChannels);
            Groups(isa, ref MemoryMarshal.GetReference(band), transformed, bias, work, operands, output, firstOutput, lines, shape);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Groups<TOutput>(
        IsaLevel isa,
        ref byte band,
        ReadOnlySpan<short> transformed,
        ReadOnlySpan<int> bias,
        Span<byte> work,
        in TileInt8Operands operands,
        in TOutput output,
        nint firstOutput,
        int lines,
        in ConvShape shape)
        where TOutput : struct, ITileInt8Output<Vector256<int>>, ITileInt8Output<Vector128<int>>
    {
        int pixelBytes = shape.InputChannels * sizeof(short);
        int lineBytes = shape.InputWidth * pixelBytes;
        nint termBytes = TermBytes(shape);
        ref byte terms = ref MemoryMarshal.GetReference(work);
        ref byte sums = ref Unsafe.Add(ref terms, Terms * termBytes);
        ref byte pixels = ref Unsafe.Add(ref sums, SumBytes);
        ref sbyte weights = ref Unsafe.As<short, sbyte>(ref MemoryMarshal.GetReference(transformed));
        ref int biases = ref MemoryMarshal.GetReference(bias);
        int panelBytes = Terms * shape.InputChannels * TileInt8Layout.PanelOutputs * sizeof(short);
        var series = new TileInt8Series(Terms, termBytes, SumBytes / Terms / sizeof(int));
        var product = new TileInt8Shape(1, 1, GroupTiles, 0, 0, pixelBytes, 1, 1, 0, 0, shape.InputChannels, TileInt8Layout.PanelOutputs, TileInt8Layout.PanelOutputs);
        Span<nint> offsets = stackalloc nint[GroupTiles];
        for (int i = 0; i < GroupTiles; i++)
        {
            offsets[i] = i * pixelBytes;
        }

        int tilesX = (shape.OutputWidth + 1) / 2;
        int tiles = tilesX * ((lines + 1) / 2);
        for (int first = 0; first < tiles; first += GroupTiles)
        {
            int count = int.Min(GroupTiles, tiles - first);
            (int tileY, int tileX) = int.DivRem(first, tilesX);
            InputTiles(isa, ref band, pixelBytes, lineBytes, ref terms, termBytes, tileY, tileX, tilesX, count);
            ref sbyte w = ref weights;
            for (int column = 0; column < shape.OutputChannels; column += TileInt8Layout.PanelOutputs)
            {
                TileInt8.Product(isa, ref terms, ref offsets[0], count, ref w, product, ref Unsafe.As<byte, int>(ref sums), series);
                w = ref Unsafe.Add(ref w, panelBytes);
                OutputTiles(isa, ref sums, ref Unsafe.Add(ref biases, column), ref pixels, count);
                FinishTiles(isa, ref pixels, operands, output, firstOutput, tileY, tileX, tilesX, count, column, lines, shape);
            }
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void InputTiles(
        IsaLevel isa, ref byte band, int pixelBytes, int lineBytes, ref byte terms, nint termBytes, int tileY, int tileX, int tilesX, int count)
    {
        for (int tile = 0; tile < count; tile++)
        {
            ref byte corner = ref Unsafe.Add(ref band, ((nint)(2 * tileY) * lineBytes) + ((nint)(2 * tileX) * pixelBytes));
            ref byte term = ref Unsafe.Add(ref terms, (nint)tile * pixelBytes);
            if (isa >= IsaLevel.Avx2)
            {
                Input<Lanes256<short>, Vector256<short>>(ref corner, pixelBytes, lineBytes, ref term, termBytes);
            }
            else
            {
                Input<Lanes128<short>, Vector128<short>>(ref corner, pixelBytes, lineBytes, ref term, termBytes);
            }

            if (++tileX == tilesX)
            {
                (tileX, tileY) = (0, tileY + 1);
            }
        }
    }

    /// <summary>From <c>[term][part][tile][width]</c> to <c>[part][line][pixel][width]</c>.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void OutputTiles(IsaLevel isa, ref byte sums, ref int bias, ref byte pixels, int count)
    {
        const nint TermStride = SumBytes / Terms;
        if (isa >= IsaLevel.Avx2)
        {
            const nint Row = TileInt8Layout.PanelOutputs * sizeof(int);
            for (nint at = 0; at < Row; at += Vector256<byte>.Count)
            {
                Vector256<int> start = Lanes256<int>.Load(ref Unsafe.As<int, byte>(ref Unsafe.AddByteOffset(ref bias, at)));
                for (nint tile = 0; tile < count; tile++)
                {
                    Output<Lanes256<int>, Vector256<int>>(
                        ref Unsafe.Add(ref sums, (tile * Row) + at), TermStride, start, ref Unsafe.Add(ref pixels, (2 * tile * Row) + at), Row, PixelSumBytes / 2);
                }
            }
        }
        else
        {
            // Two parts of half a panel.
            const nint Row = TileInt8Layout.PanelOutputs / 2 * sizeof(int);
            for (nint at = 0; at < 2 * Row; at += Vector128<byte>.Count)
            {
                Vector128<int> start = Lanes128<int>.Load(ref Unsafe.As<int, byte>(ref Unsafe.AddByteOffset(ref bias, at)));
                ref byte partSums = ref Unsafe.Add(ref sums, (at / Row * (TermStride / 2)) + (at % Row));
                ref byte partPixels = ref Unsafe.Add(ref pixels, (at / Row * (PixelSumBytes / 2)) + (at % Row));
                for (nint tile = 0; tile < count; tile++)
                {
                    Output<Lanes128<int>, Vector128<int>>(
                        ref Unsafe.Add(ref partSums, tile * Row), TermStride, start, ref Unsafe.Add(ref partPixels, 2 * tile * Row), Row, PixelSumBytes / 4);
                }
            }
        }
    }

    /// <summary>Stores the pixels of a group: runs of tiles that are side by side, each two lines of pixels.</summary>
    private static void FinishTiles<TOutput>(
        IsaLevel isa,
        ref byte pixels,
        in TileInt8Operands operands,
        in TOutput output,
        nint firstOutput,
        int tileY,
        int tileX,
        int tilesX,
        int count,
        int column,
        int lines,
        in ConvShape shape)
        where TOutput : struct, ITileInt8Output<Vector256<int>>, ITileInt8Output<Vector128<int>>
    {
        int width = TileInt8.ProductWidth(isa);
        int parts = TileInt8Layout.PanelOutputs / width;
        nint lineSums = PixelSumBytes / sizeof(int) / parts / 2;
        ref int sums = ref Unsafe.As<byte, int>(ref pixels);
        for (int tile = 0; tile < count;)
        {
            int run = int.Min(tilesX - tileX, count - tile);
            int runPixels = int.Min(2 * run, shape.OutputWidth - (2 * tileX));
            for (int part = 0; part < 2 * parts; part++)
            {
                // Line 0 of each part, then line 1.
                (int line, int half) = int.DivRem(part, parts);
                if ((2 * tileY) + line == lines || column + (half * width) >= shape.OutputChannels)
                {
                    continue;
                }

                nint pixel = ((nint)((2 * tileY) + line) * shape.OutputWidth) + (2 * tileX);
                nint first = column + (half * width);
                TileInt8.FinishOn(
                    isa,
                    ref Unsafe.Add(ref sums, (((2 * half) + line) * lineSums) + (2 * tile * width)),
                    runPixels,
                    operands,
                    output,
                    firstOutput + (pixel * shape.OutputChannels) + first,
                    shape.OutputChannels,
                    first,
                    shape.OutputChannels - (int)first);
            }

            tile += run;
            (tileX, tileY) = (0, tileY + 1);
        }
    }

    /// <summary>Bytes from a term to the next: a line more than its words, so that terms do not compete for the same places in the cache.</summary>
    private static int TermBytes(in ConvShape shape) => (GroupTiles * shape.InputChannels * sizeof(short)) + 64;

    /// <summary>Bytes after a band that tiles with a line or a column too much read; what they make of it is not stored.</summary>
    private static int Beyond(in ConvShape shape) => (shape.InputWidth + 1) * shape.InputChannels * sizeof(short);
}
