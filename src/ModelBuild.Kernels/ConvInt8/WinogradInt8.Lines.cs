using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>
/// The loops: groups of tiles are transformed to <c>[terms][tiles][channels]</c> words, each term is multiplied with its weights panel by panel, and the sums
/// are transformed back and finished. Everything of a group but the weights stays in the nearer caches.
/// </content>
internal static partial class WinogradInt8
{
    /// <summary>Bytes that are left between what would otherwise compete for the same places in a cache.</summary>
    private const int Apart = 64;

    /// <summary>Bytes of scratch besides what a band of lines needs.</summary>
    public static long ExtraScratch(in ConvShape shape) =>
        (Terms(shape) * (TermBytes(shape) + TermSumBytes(shape))) + (TileLines(shape) * TileLines(shape) * PixelBytes(shape))
        + (TileInputLines(shape) * ColumnBytes(shape)) + Beyond(shape);

    /// <summary>Computes output lines <paramref name="firstLine"/> to <paramref name="endLine"/> of one image; tiles start at <paramref name="firstLine"/>.</summary>
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
        byte zeroPoint,
        int stride,
        int pool)
        where TOutput : struct, ITileInt8Output
    {
        // Bands but the last have whole tiles.
        int forBand = scratch.Length - (int)ExtraScratch(shape);
        int linesPerBand = ConvInt8Band.LinesThatFit(forBand, sizeof(short), shape);
        linesPerBand = linesPerBand < endLine - firstLine ? linesPerBand & -TileLines(shape) : linesPerBand;
        if (linesPerBand == 0)
        {
            throw new ArgumentException("The scratch buffer is too short for a line of tiles.", nameof(scratch));
        }

        Span<byte> work = scratch[..(int)(ExtraScratch(shape) - Beyond(shape))];
        Span<byte> band = scratch[work.Length..];
        for (int line = firstLine; line < endLine; line += linesPerBand)
        {
            int lines = int.Min(linesPerBand, endLine - line);
            ConvInt8Band.Load(isa, image, band, line, lines, sizeof(short), zeroPoint, shape, padding);
            ClearBeyond(band, lines, shape);
            int firstOutput = outputsBefore + (line * shape.OutputWidth * stride / (pool * pool));
            ref byte inputs = ref MemoryMarshal.GetReference(band);
            if (IsFilter5(shape))
            {
                Groups<WinogradInt8Filter5, TOutput>(isa, ref inputs, transformed, bias, work, operands, output, firstOutput, lines, stride, pool, shape);
            }
            else if (UsesLargeTiles(shape))
            {
                Groups<WinogradInt8Tile4, TOutput>(isa, ref inputs, transformed, bias, work, operands, output, firstOutput, lines, stride, pool, shape);
            }
            else
            {
                Groups<WinogradInt8Tile2, TOutput>(isa, ref inputs, transformed, bias, work, operands, output, firstOutput, lines, stride, pool, shape);
            }
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Groups<TTile, TOutput>(
        IsaLevel isa,
        ref byte band,
        ReadOnlySpan<short> transformed,
        ReadOnlySpan<int> bias,
        Span<byte> work,
        in TileInt8Operands operands,
        in TOutput output,
        nint firstOutput,
        int lines,
        int stride,
        int pool,
        in ConvShape shape)
        where TTile : struct, IWinogradInt8Tile
        where TOutput : struct, ITileInt8Output
    {
        int allTerms = Terms(shape);
        int pixelBytes = shape.InputChannels * sizeof(short);
        int lineBytes = shape.InputWidth * pixelBytes;
        nint termBytes = TermBytes(shape);
        int termSumBytes = TermSumBytes(shape);
        int groupTiles = GroupTiles(shape);
        ref byte terms = ref MemoryMarshal.GetReference(work);
        ref byte sums = ref Unsafe.Add(ref terms, allTerms * termBytes);
        ref byte pixels = ref Unsafe.Add(ref sums, allTerms * termSumBytes);
        ref byte columns = ref Unsafe.Add(ref pixels, TTile.Size * TTile.Size * PixelBytes(shape));
        int columnTiles = ColumnTiles(shape);
        ref sbyte weights = ref Unsafe.As<short, sbyte>(ref MemoryMarshal.GetReference(transformed));
        ref int biases = ref MemoryMarshal.GetReference(bias);
        int panelBytes = allTerms * shape.InputChannels * TileInt8Layout.PanelOutputs * sizeof(short);
        var series = new ProductSeries(allTerms, shape.InputChannels / TileInt8Layout.GroupInputs, pixelBytes, termBytes, termSumBytes / sizeof(int));
        int tilesX = (shape.OutputWidth + TTile.Size - 1) / TTile.Size;
        int tiles = tilesX * ((lines + TTile.Size - 1) / TTile.Size);
        for (int first = 0; first < tiles; first += groupTiles)
        {
            int count = int.Min(groupTiles, tiles - first);
            (int tileY, int tileX) = int.DivRem(first, tilesX);
            InputTiles<TTile>(isa, ref band, pixelBytes, lineBytes, ref columns, columnTiles, ref terms, termBytes, tileY, tileX, tilesX, count);
            SplitInputs<TTile>(ref terms, termBytes, count * pixelBytes);
            ref sbyte w = ref weights;
            for (int column = 0; column < shape.OutputChannels; column += TileInt8Layout.PanelOutputs)
            {
                ProductInt16.Run(isa, ref terms, count, ref w, ref Unsafe.As<byte, int>(ref sums), series);
                w = ref Unsafe.Add(ref w, panelBytes);
                OutputTiles<TTile>(isa, ref sums, termSumBytes, ref Unsafe.Add(ref biases, column), ref pixels, groupTiles, count, pool);
                FinishTiles<TTile, TOutput>(isa, ref pixels, operands, output, firstOutput, tileY, tileX, tilesX, count, column, lines, stride, pool, shape);
            }
        }
    }

    /// <summary>Transforms the inputs of a group, runs of tiles that are side by side: <c>B' d B</c> for each of them.</summary>
    private static void InputTiles<TTile>(
        IsaLevel isa,
        ref byte band,
        int pixelBytes,
        int lineBytes,
        ref byte columns,
        int mostTiles,
        ref byte terms,
        nint termBytes,
        int tileY,
        int tileX,
        int tilesX,
        int count)
        where TTile : struct, IWinogradInt8Tile
    {
        for (int tile = 0; tile < count;)
        {
            int run = int.Min(mostTiles, int.Min(tilesX - tileX, count - tile));
            ref byte corner = ref Unsafe.Add(ref band, ((nint)(TTile.Size * tileY) * lineBytes) + ((nint)(TTile.Size * tileX) * pixelBytes));
            ref byte term = ref Unsafe.Add(ref terms, (nint)tile * pixelBytes);
            if (isa >= IsaLevel.Avx512 && pixelBytes % Lanes512<short>.Bytes == 0)
            {
                InputRun<TTile, Lanes512<short>, Vector512<short>, Lanes512<short>, Vector512<short>>(ref corner, pixelBytes, lineBytes, ref columns, ref term, termBytes, run);
            }
            else if (isa >= IsaLevel.Avx512)
            {
                InputRun<TTile, Lanes512<short>, Vector512<short>, Lanes256<short>, Vector256<short>>(ref corner, pixelBytes, lineBytes, ref columns, ref term, termBytes, run);
            }
            else if (isa >= IsaLevel.Avx2)
            {
                InputRun<TTile, Lanes256<short>, Vector256<short>, Lanes256<short>, Vector256<short>>(ref corner, pixelBytes, lineBytes, ref columns, ref term, termBytes, run);
            }
            else
            {
                InputRun<TTile, Lanes128<short>, Vector128<short>, Lanes128<short>, Vector128<short>>(ref corner, pixelBytes, lineBytes, ref columns, ref term, termBytes, run);
            }

            tile += run;
            tileX += run;
            if (tileX == tilesX)
            {
                (tileX, tileY) = (0, tileY + 1);
            }
        }
    }

    /// <summary>
    /// Columns first, those that two tiles share once for both, to <c>[row of terms][column][channel]</c>; then the lines of each tile. Columns are even in number, so that
    /// vectors for them may be two pixels long.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private static void InputRun<TTile, TColumn, TColumnVector, TLine, TLineVector>(
        ref byte corner, nint pixelBytes, nint lineBytes, ref byte columns, ref byte terms, nint termBytes, int tiles)
        where TTile : struct, IWinogradInt8Tile
        where TColumn : struct, ILanes<TColumnVector, short>
        where TColumnVector : struct
        where TLine : struct, ILanes<TLineVector, short>
        where TLineVector : struct
    {
        nint bytes = ((TTile.Size * tiles) + TTile.Filter - 1) * pixelBytes;
        nint rowBytes = bytes + Apart;
        int side = TTile.Size + TTile.Filter - 1;
        for (nint at = 0; at < bytes; at += TColumn.Bytes)
        {
            TTile.InputTerms<TColumn, TColumnVector>(ref Unsafe.Add(ref corner, at), lineBytes, ref Unsafe.Add(ref columns, at), rowBytes);
        }

        for (nint tile = 0; tile < tiles; tile++)
        {
            for (nint c = 0; c < pixelBytes; c += TLine.Bytes)
            {
                ref byte row = ref Unsafe.Add(ref columns, (TTile.Size * tile * pixelBytes) + c);
                ref byte term = ref Unsafe.Add(ref terms, (tile * pixelBytes) + c);
                for (int y = 0; y < side; y++)
                {
                    TTile.InputTerms<TLine, TLineVector>(ref row, pixelBytes, ref term, termBytes);
                    row = ref Unsafe.Add(ref row, rowBytes);
                    term = ref Unsafe.Add(ref term, side * termBytes);
                }
            }
        }
    }

    /// <summary>The inputs of the terms that are split once more, for the weights' high bits.</summary>
    private static void SplitInputs<TTile>(ref byte terms, nint termBytes, int bytes)
        where TTile : struct, IWinogradInt8Tile
    {
        int side = TTile.Size + TTile.Filter - 1;
        for (int i = 0; i < TTile.SplitTerms.Length; i++)
        {
            ref byte from = ref Unsafe.Add(ref terms, TTile.SplitTerms[i] * termBytes);
            ref byte to = ref Unsafe.Add(ref terms, ((side * side) + i) * termBytes);
            MemoryMarshal.CreateReadOnlySpan(ref from, bytes).CopyTo(MemoryMarshal.CreateSpan(ref to, bytes));
        }
    }

    /// <summary>From <c>[term][part][tile][width]</c> to <c>[part][line][pixel][width]</c>, and then to fewer of both where pixels are pooled.</summary>
    private static void OutputTiles<TTile>(IsaLevel isa, ref byte sums, int termBytes, ref int bias, ref byte pixels, int tiles, int count, int pool)
        where TTile : struct, IWinogradInt8Tile
    {
        const int Row = TileInt8Layout.PanelOutputs * sizeof(int);
        ref byte start = ref Unsafe.As<int, byte>(ref bias);
        if (isa >= IsaLevel.Avx512)
        {
            OutputPart<TTile, Lanes512<int>, Vector512<int>>(ref sums, termBytes, ref start, ref pixels, Row, tiles, count, pool);
        }
        else if (isa >= IsaLevel.Avx2)
        {
            OutputPart<TTile, Lanes256<int>, Vector256<int>>(ref sums, termBytes, ref start, ref pixels, Row, tiles, count, pool);
        }
        else
        {
            // Two parts of half a panel.
            ref byte secondSums = ref Unsafe.Add(ref sums, termBytes / 2);
            ref byte secondPixels = ref Unsafe.Add(ref pixels, TTile.Size * TTile.Size * tiles * Row / 2);
            OutputPart<TTile, Lanes128<int>, Vector128<int>>(ref sums, termBytes, ref start, ref pixels, Row / 2, tiles, count, pool);
            OutputPart<TTile, Lanes128<int>, Vector128<int>>(ref secondSums, termBytes, ref Unsafe.Add(ref start, Row / 2), ref secondPixels, Row / 2, tiles, count, pool);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void OutputPart<TTile, TLanes, TVector>(ref byte sums, int termBytes, ref byte bias, ref byte pixels, int row, int tiles, int count, int pool)
        where TTile : struct, IWinogradInt8Tile
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        nint lineBytes = (nint)TTile.Size * tiles * row;
        for (nint at = 0; at < row; at += TLanes.Bytes)
        {
            TVector start = TLanes.Load(ref Unsafe.Add(ref bias, at));
            for (nint tile = 0; tile < count; tile++)
            {
                TTile.Output<TLanes, TVector>(
                    ref Unsafe.Add(ref sums, (tile * row) + at), termBytes, start, ref Unsafe.Add(ref pixels, (TTile.Size * tile * row) + at), row, lineBytes);
            }
        }

        if (pool > 1)
        {
            PoolPart<TTile, TLanes, TVector>(ref pixels, lineBytes, row, count);
        }
    }

    /// <summary>The largest of each 2x2 pixels takes the place of them, at the front of the lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PoolPart<TTile, TLanes, TVector>(ref byte pixels, nint lineBytes, nint row, int count)
        where TTile : struct, IWinogradInt8Tile
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct
    {
        for (nint line = 0; line < TTile.Size / 2; line++)
        {
            ref byte upper = ref Unsafe.Add(ref pixels, 2 * line * lineBytes);
            ref byte lower = ref Unsafe.Add(ref upper, lineBytes);
            ref byte target = ref Unsafe.Add(ref pixels, line * lineBytes);
            for (int pixel = 0; pixel < count * TTile.Size / 2; pixel++)
            {
                for (nint at = 0; at < row; at += TLanes.Bytes)
                {
                    TVector left = TLanes.Max(TLanes.Load(ref Unsafe.Add(ref upper, at)), TLanes.Load(ref Unsafe.Add(ref lower, at)));
                    TVector right = TLanes.Max(TLanes.Load(ref Unsafe.Add(ref upper, row + at)), TLanes.Load(ref Unsafe.Add(ref lower, row + at)));
                    TLanes.Store(TLanes.Max(left, right), ref Unsafe.Add(ref target, at));
                }

                upper = ref Unsafe.Add(ref upper, 2 * row);
                lower = ref Unsafe.Add(ref lower, 2 * row);
                target = ref Unsafe.Add(ref target, row);
            }
        }
    }

    /// <summary>Stores the pixels of a group: runs of tiles that are side by side, line by line.</summary>
    private static void FinishTiles<TTile, TOutput>(
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
        int stride,
        int pool,
        in ConvShape shape)
        where TTile : struct, IWinogradInt8Tile
        where TOutput : struct, ITileInt8Output
    {
        int width = ProductInt16.Width(isa);
        int parts = TileInt8Layout.PanelOutputs / width;
        int size = TTile.Size / pool;
        int outputWidth = shape.OutputWidth / pool;
        lines /= pool;
        nint partSums = (nint)TTile.Size * TTile.Size * GroupTiles(shape) * width;
        nint lineSums = (nint)TTile.Size * GroupTiles(shape) * width;
        ref int sums = ref Unsafe.As<byte, int>(ref pixels);
        for (int tile = 0; tile < count;)
        {
            int run = int.Min(tilesX - tileX, count - tile);
            int runPixels = int.Min(size * run, outputWidth - (size * tileX));
            int runLines = int.Min(size, lines - (size * tileY));
            nint pixel = ((nint)(size * tileY) * outputWidth) + (size * tileX);
            for (int part = 0; part < parts; part++)
            {
                int first = column + (part * width);
                for (int line = 0; line < runLines && first < shape.OutputChannels; line++)
                {
                    TileInt8.FinishOn(
                        isa,
                        ref Unsafe.Add(ref sums, (part * partSums) + (line * lineSums) + (size * tile * width)),
                        runPixels,
                        operands,
                        output,
                        firstOutput + ((pixel + (line * outputWidth)) * stride) + first,
                        stride,
                        first,
                        shape.OutputChannels - first);
                }
            }

            tile += run;
            (tileX, tileY) = (0, tileY + 1);
        }
    }

    /// <summary>
    /// Tiles of a group, the rows of a product: as few as fill the pipelines, so that all their sums stay in the first-level cache; more where the weights, which are
    /// read once for a group, are far away.
    /// </summary>
    private static int GroupTiles(in ConvShape shape) => UsesLargeTiles(shape) && HasFewWeights(shape) ? ProductInt16.MaxRows / 2 : ProductInt16.MaxRows;

    /// <summary>Bytes of a panel's outputs for one pixel of each tile of a group: as many as of its sums for a term.</summary>
    private static int PixelBytes(in ConvShape shape) => GroupTiles(shape) * TileInt8Layout.PanelOutputs * sizeof(int);

    /// <summary>Bytes from the sums of a term to those of the next.</summary>
    private static int TermSumBytes(in ConvShape shape) => PixelBytes(shape) + Apart;

    /// <summary>Bytes from a term to the next.</summary>
    private static int TermBytes(in ConvShape shape) => (GroupTiles(shape) * shape.InputChannels * sizeof(short)) + Apart;

    /// <summary>Tiles side by side whose columns are transformed together: those that a third of a first-level cache holds.</summary>
    private static int ColumnTiles(in ConvShape shape)
    {
        const int Bytes = 16 * 1024;
        int columns = Bytes / (TileInputLines(shape) * shape.InputChannels * sizeof(short));
        return int.Clamp((columns - shape.KernelWidth + 1) / TileLines(shape), 1, GroupTiles(shape));
    }

    /// <summary>Bytes from a row of terms of columns to the next, at most.</summary>
    private static int ColumnBytes(in ConvShape shape) => (((TileLines(shape) * ColumnTiles(shape)) + shape.KernelWidth - 1) * shape.InputChannels * sizeof(short)) + Apart;

    /// <summary>
    /// Clears what tiles with lines or columns too much read after a band. What they make of it is not stored, but terms of whatever lies there might not be words, and
    /// then it would not cancel out in the outputs that are.
    /// </summary>
    private static void ClearBeyond(Span<byte> band, int lines, in ConvShape shape)
    {
        int pixelBytes = shape.InputChannels * sizeof(short);
        int linesTooMuch = (TileLines(shape) - (lines % TileLines(shape))) % TileLines(shape);
        int begin = ConvInt8Band.InputLines(lines, shape) * shape.InputWidth * pixelBytes;
        band.Slice(begin, ((linesTooMuch * shape.InputWidth) + TileLines(shape) - 1) * pixelBytes).Clear();
    }

    /// <summary>The most bytes that tiles read after a band.</summary>
    private static long Beyond(in ConvShape shape) => (TileLines(shape) - 1) * (shape.InputWidth + 1L) * shape.InputChannels * sizeof(short);
}
