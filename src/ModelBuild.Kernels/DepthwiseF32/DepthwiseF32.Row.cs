using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// Columns of an output row, in tiles of up to eight, whose sums hide each other's wait. A tile takes all its channels, a vector at a time, so that memory is read and written in
/// order. Where it reaches beyond the input, it asks of each column whether it is there.
/// </content>
internal static partial class DepthwiseF32
{
    /// <summary>Output columns that are computed together.</summary>
    private const int TileColumns = 8;

    /// <summary>Input columns from the first to the last that some neighbouring output columns touch.</summary>
    private static long ColumnsUnder(in DepthwiseShape shape, int columns) =>
        ((long)(columns - 1) * shape.StrideX) + ((long)(shape.KernelWidth - 1) * shape.DilationX) + 1;

    /// <summary>Computes the channels from <paramref name="channel"/> on that fill whole vectors and returns the first one that is left.</summary>
    private static int Band<TVector>(in DepthwiseImageF32 image, in DepthwiseShape shape, (int Begin, int End) rows, int channel)
        where TVector : struct, ISimdF32<TVector>
    {
        (int Begin, int End) channels = (channel, shape.Channels - ((shape.Channels - channel) % TVector.Count));
        if (channels.Begin == channels.End)
        {
            return channel;
        }

        switch (shape.DilationX == 1 ? (shape.KernelWidth, shape.StrideX) : default)
        {
            case (3, 1):
                Band<TVector, DepthwiseThreeF32>(image, shape, rows, channels);
                break;
            case (3, 2):
                Band<TVector, DepthwiseThreeByTwoF32>(image, shape, rows, channels);
                break;
            case (5, 1):
                Band<TVector, DepthwiseFiveF32>(image, shape, rows, channels);
                break;
            default:
                Band<TVector, DepthwiseAnyF32>(image, shape, rows, channels);
                break;
        }

        return channels.End;
    }

    /// <summary>Tiles inside the input, and tiles or single columns at its borders.</summary>
    private static void Band<TVector, TFilter>(in DepthwiseImageF32 image, in DepthwiseShape shape, (int Begin, int End) rows, (int Begin, int End) channels)
        where TVector : struct, ISimdF32<TVector>
        where TFilter : struct, IDepthwiseFilterF32
    {
        for (int column = 0, count; column < shape.OutputWidth; column += count)
        {
            int first = (column * shape.StrideX) - shape.PadLeft;
            int left = shape.OutputWidth - column, inside = first < 0 ? 0 : Math.Min(left, ColumnsInside(shape, first));
            int start = column + inside - TileColumns;
            if (inside >= TileColumns)
            {
                count = inside / TileColumns * TileColumns;
                Tiles<TVector, TFilter, DepthwiseAllColumnsF32>(image, shape, rows, channels, column, count, 0);
            }
            else if (TFilter.ReachesBorders)
            {
                // Two tiles of about the same size wait less than one of eight and one of few.
                count = left < 2 * TileColumns && left > TileColumns ? (left + 1) / 2 : Math.Min(left, TileColumns);
                Tiles<TVector, TFilter, DepthwiseSomeColumnsF32>(image, shape, rows, channels, column, count, Inside(shape, first, count));
            }
            else if (inside >= TileColumns / 2 && (start * shape.StrideX) - shape.PadLeft >= 0)
            {
                // Some columns a second time cost less than single ones.
                count = inside;
                Tiles<TVector, TFilter, DepthwiseAllColumnsF32>(image, shape, rows, channels, start, TileColumns, 0);
            }
            else
            {
                count = 1;
                Column<TVector>(image, shape, rows, channels, column);
            }
        }
    }

    /// <summary>Output columns whose filters lie inside the input if the first of them begins at <paramref name="first"/>.</summary>
    private static int ColumnsInside(in DepthwiseShape shape, int first)
    {
        long spare = shape.InputWidth - first - ColumnsUnder(shape, 1);
        return spare < 0 ? 0 : (int)(spare / shape.StrideX) + 1;
    }

    /// <summary>A bit for each of the input columns from <paramref name="first"/> on that a tile of <paramref name="columns"/> touches: whether it is inside the input.</summary>
    private static uint Inside(in DepthwiseShape shape, int first, int columns)
    {
        int under = (int)ColumnsUnder(shape, columns);
        int begin = Math.Clamp(-first, 0, under), end = Math.Clamp(shape.InputWidth - first, begin, under);
        return ((1u << end) - 1) & ~((1u << begin) - 1);
    }

    /// <summary>Some rows of tiles inside the input, <paramref name="count"/> columns in all, or of one that reaches beyond it.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Tiles<TVector, TFilter, TColumns>(
        in DepthwiseImageF32 image, in DepthwiseShape shape, (int Begin, int End) rows, (int Begin, int End) channels, int column, int count, uint inside)
        where TVector : struct, ISimdF32<TVector>
        where TFilter : struct, IDepthwiseFilterF32
        where TColumns : struct, IDepthwiseColumnsF32
    {
        nint next = shape.Channels, inputRow = shape.InputWidth * next, rowStep = shape.DilationY * inputRow, tileStep = TileColumns * shape.StrideX * next;
        nint rowOfTaps = shape.KernelWidth * BlockChannels;
        int taps = shape.KernelHeight * shape.KernelWidth;
        ref float x = ref image.X;
        ref float y = ref image.Y;
        ref float weights = ref image.Weights;
        ref float bias = ref image.Bias;
        TVector low = TVector.Create(image.Min), high = TVector.Create(image.Max);
        for (int row = rows.Begin; row < rows.End; row++)
        {
            (int firstRow, int filterRows) = RowsInside(shape, row, out int firstTap);
            nint from = (firstRow * inputRow) + (((nint)(column * shape.StrideX) - shape.PadLeft) * next);
            nint to = (((nint)row * shape.OutputWidth) + column) * next;
            for (int left = count; left > 0; left -= TileColumns, from += tileStep, to += TileColumns * next)
            {
                for (int vector = channels.Begin; vector < channels.End; vector += TVector.Count)
                {
                    TVector a = TVector.LoadUnsafe(in bias, (nuint)vector);
                    TVector b = a, c = a, d = a, e = a, f = a, g = a, h = a;
                    nint at = from + vector, tap = PackedOffset(taps, firstTap, vector);
                    for (int ky = 0; ky < filterRows; ky++, at += rowStep, tap += rowOfTaps)
                    {
                        ref float w = ref Unsafe.Add(ref weights, tap);
                        TFilter.AddRow<TVector, TColumns>(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h, ref x, at, next, ref w, shape, inside);
                    }

                    ref float pixel = ref Unsafe.Add(ref y, to + vector);
                    a.StoreBounded(ref pixel, 0, low, high);
                    if (TColumns.All || count > 1)
                    {
                        b.StoreBounded(ref pixel, (nuint)next, low, high);
                    }

                    if (TColumns.All || count > 2)
                    {
                        c.StoreBounded(ref pixel, (nuint)(2 * next), low, high);
                    }

                    if (TColumns.All || count > 3)
                    {
                        d.StoreBounded(ref pixel, (nuint)(3 * next), low, high);
                    }

                    if (TColumns.All || count > 4)
                    {
                        e.StoreBounded(ref pixel, (nuint)(4 * next), low, high);
                    }

                    if (TColumns.All || count > 5)
                    {
                        f.StoreBounded(ref pixel, (nuint)(5 * next), low, high);
                    }

                    if (TColumns.All || count > 6)
                    {
                        g.StoreBounded(ref pixel, (nuint)(6 * next), low, high);
                    }

                    if (TColumns.All || count > 7)
                    {
                        h.StoreBounded(ref pixel, (nuint)(7 * next), low, high);
                    }
                }
            }
        }
    }

    /// <summary>Some rows of an output column, whose filter may reach beyond the input by any number of columns: four vectors of channels hide each other's wait.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Column<TVector>(
        in DepthwiseImageF32 image, in DepthwiseShape shape, (int Begin, int End) rows, (int Begin, int End) channels, int column)
        where TVector : struct, ISimdF32<TVector>
    {
        nint next = shape.Channels, inputRow = shape.InputWidth * next;
        int first = (column * shape.StrideX) - shape.PadLeft;
        (int begin, int end) = TapsInside(first, shape.KernelWidth, shape.DilationX, shape.InputWidth);
        if (end <= begin)
        {
            (begin, end) = (0, 0);
        }

        for (int row = rows.Begin; row < rows.End; row++)
        {
            (int firstRow, int filterRows) = RowsInside(shape, row, out int firstTap);
            nint at = (firstRow * inputRow) + (end == begin ? 0 : (first + (begin * (nint)shape.DilationX)) * next);
            nint to = (((nint)row * shape.OutputWidth) + column) * next;
            ref float x = ref Unsafe.Add(ref image.X, at);
            int vector = channels.Begin;
            for (; vector + (4 * TVector.Count) <= channels.End; vector += 4 * TVector.Count)
            {
                FourVectors<TVector>(image, shape, ref Unsafe.Add(ref x, vector), ref Unsafe.Add(ref image.Y, to + vector), vector, filterRows, firstTap + begin, end - begin);
            }

            for (; vector < channels.End; vector += TVector.Count)
            {
                OneVector<TVector>(image, shape, ref Unsafe.Add(ref x, vector), ref Unsafe.Add(ref image.Y, to + vector), vector, filterRows, firstTap + begin, end - begin);
            }
        }
    }

    /// <summary>
    /// One output column of a vector of channels. <paramref name="x"/> is the first value under the filters, <paramref name="firstTap"/> the tap that meets it, and
    /// <paramref name="columns"/> how many taps of a filter row are inside the input.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneVector<TVector>(
        in DepthwiseImageF32 image, in DepthwiseShape shape, ref float x, ref float y, int vector, int rows, int firstTap, int columns)
        where TVector : struct, ISimdF32<TVector>
    {
        nint next = shape.DilationX * (nint)shape.Channels, rowStep = shape.DilationY * (nint)shape.InputWidth * shape.Channels;
        ref float w = ref Unsafe.Add(ref image.Weights, PackedOffset(shape.KernelHeight * shape.KernelWidth, firstTap, vector));
        TVector sum = TVector.LoadUnsafe(in image.Bias, (nuint)vector);
        for (int ky = 0; ky < rows; ky++)
        {
            nint at = ky * rowStep, tap = (nint)ky * shape.KernelWidth * BlockChannels;
            for (int kx = 0; kx < columns; kx++, at += next, tap += BlockChannels)
            {
                TVector.AddProduct(ref sum, TVector.LoadUnsafe(in x, (nuint)at), TVector.LoadUnsafe(in w, (nuint)tap));
            }
        }

        sum.StoreBounded(ref y, 0, TVector.Create(image.Min), TVector.Create(image.Max));
    }

    /// <summary>As <see cref="OneVector"/>, for four neighbouring vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourVectors<TVector>(
        in DepthwiseImageF32 image, in DepthwiseShape shape, ref float x, ref float y, int vector, int rows, int firstTap, int columns)
        where TVector : struct, ISimdF32<TVector>
    {
        nint next = shape.DilationX * (nint)shape.Channels, rowStep = shape.DilationY * (nint)shape.InputWidth * shape.Channels;
        int taps = shape.KernelHeight * shape.KernelWidth, count = TVector.Count;
        ref float w0 = ref Unsafe.Add(ref image.Weights, PackedOffset(taps, firstTap, vector));
        ref float w1 = ref Unsafe.Add(ref image.Weights, PackedOffset(taps, firstTap, vector + count));
        ref float w2 = ref Unsafe.Add(ref image.Weights, PackedOffset(taps, firstTap, vector + (2 * count)));
        ref float w3 = ref Unsafe.Add(ref image.Weights, PackedOffset(taps, firstTap, vector + (3 * count)));
        TVector a = TVector.LoadUnsafe(in image.Bias, (nuint)vector), b = TVector.LoadUnsafe(in image.Bias, (nuint)(vector + count));
        TVector c = TVector.LoadUnsafe(in image.Bias, (nuint)(vector + (2 * count))), d = TVector.LoadUnsafe(in image.Bias, (nuint)(vector + (3 * count)));
        for (int ky = 0; ky < rows; ky++)
        {
            nint at = ky * rowStep, tap = (nint)ky * shape.KernelWidth * BlockChannels;
            for (int kx = 0; kx < columns; kx++, at += next, tap += BlockChannels)
            {
                ref float value = ref Unsafe.Add(ref x, at);
                TVector.AddProduct(ref a, TVector.LoadUnsafe(in value, 0), TVector.LoadUnsafe(in w0, (nuint)tap));
                TVector.AddProduct(ref b, TVector.LoadUnsafe(in value, (nuint)count), TVector.LoadUnsafe(in w1, (nuint)tap));
                TVector.AddProduct(ref c, TVector.LoadUnsafe(in value, (nuint)(2 * count)), TVector.LoadUnsafe(in w2, (nuint)tap));
                TVector.AddProduct(ref d, TVector.LoadUnsafe(in value, (nuint)(3 * count)), TVector.LoadUnsafe(in w3, (nuint)tap));
            }
        }

        TVector low = TVector.Create(image.Min), high = TVector.Create(image.Max);
        a.StoreBounded(ref y, 0, low, high);
        b.StoreBounded(ref y, (nuint)count, low, high);
        c.StoreBounded(ref y, (nuint)(2 * count), low, high);
        d.StoreBounded(ref y, (nuint)(3 * count), low, high);
    }

    /// <summary>The first input row under the filters of an output row, how many of their rows are inside the input, and the first tap of those.</summary>
    private static (int First, int Rows) RowsInside(in DepthwiseShape shape, int row, out int firstTap)
    {
        int first = (row * shape.StrideY) - shape.PadTop;
        (int begin, int end) = TapsInside(first, shape.KernelHeight, shape.DilationY, shape.InputHeight);
        if (end <= begin)
        {
            firstTap = 0;
            return default;
        }

        firstTap = begin * shape.KernelWidth;
        return (first + (begin * shape.DilationY), end - begin);
    }

    /// <summary>
    /// The filter positions, from the first up to and without the second, that lie inside an input of <paramref name="length"/> when position 0 is at
    /// <paramref name="start"/>.
    /// </summary>
    private static (int Begin, int End) TapsInside(int start, int kernel, int dilation, int length)
    {
        if (start >= 0 && start + ((long)(kernel - 1) * dilation) < length)
        {
            return (0, kernel);
        }

        int begin = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
        int end = start >= length ? 0 : (length - start + dilation - 1) / dilation;
        return (begin, Math.Min(end, kernel));
    }
}
