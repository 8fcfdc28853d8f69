using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// One output row. A vector of channels walks along the columns whose filters lie inside the input, eight or four at a time, so that their sums hide each other's wait. The
/// few columns that are left, mostly at the borders, are computed one at a time, for four vectors of channels.
/// </content>
internal static partial class DepthwiseF32
{
    /// <summary>Output columns, or vectors of channels, that are computed together.</summary>
    private const int Together = 4;

    /// <summary>Handles the channels from <paramref name="channel"/> on that fill whole vectors and returns the first one that is left.</summary>
    private static int Band<TVector>(
        ref float image, ref float w, ref float bias, ref float y, in DepthwiseShape shape, (int Begin, int End) band, int channel, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        int channels = shape.Channels, end = channels - ((channels - channel) % TVector.Count);
        bool threeColumns = HasThreeColumns(shape);
        (int Begin, int End) together = ColumnsTogether(shape);
        for (int vector = channel; vector < end; vector += TVector.Count)
        {
            ref float x = ref Unsafe.Add(ref image, vector);
            ref float taps = ref Unsafe.Add(ref w, vector);
            ref float start = ref Unsafe.Add(ref bias, vector);
            for (int row = band.Begin; row < band.End; row++)
            {
                ref float output = ref Unsafe.Add(ref y, ((nint)row * shape.OutputWidth * channels) + vector);
                int inputRow = (row * shape.StrideY) - shape.PadTop;
                (int Begin, int End) rows = TapsInside(inputRow, shape.KernelHeight, shape.DilationY, shape.InputHeight);
                if (threeColumns && rows.Begin < rows.End)
                {
                    ref float firstRow = ref Unsafe.Add(ref x, ((nint)inputRow + (rows.Begin * shape.DilationY)) * shape.InputWidth * channels);
                    ref float firstTap = ref Unsafe.Add(ref taps, (nint)rows.Begin * 3 * channels);
                    ThreeColumns<TVector>(ref firstRow, ref firstTap, ref start, ref output, shape, rows.End - rows.Begin, min, max);
                }
                else
                {
                    Columns<TVector>(ref x, ref taps, ref start, ref output, shape, rows, together, inputRow, min, max);
                }
            }
        }

        for (int row = band.Begin; row < band.End && channel < end; row++)
        {
            int inputRow = (row * shape.StrideY) - shape.PadTop;
            (int Begin, int End) rows = TapsInside(inputRow, shape.KernelHeight, shape.DilationY, shape.InputHeight);
            if (!threeColumns || rows.Begin >= rows.End)
            {
                ref float output = ref Unsafe.Add(ref y, (nint)row * shape.OutputWidth * channels);
                SingleColumns<TVector>(ref image, ref w, ref bias, ref output, shape, rows, 0, together.Begin, inputRow, channel, end, min, max);
                SingleColumns<TVector>(ref image, ref w, ref bias, ref output, shape, rows, together.End, shape.OutputWidth, inputRow, channel, end, min, max);
            }
        }

        return end;
    }

    /// <summary>Computes the columns of <paramref name="together"/>, whose number is a multiple of four, for one vector of channels.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Columns<TVector>(
        ref float x, ref float taps, ref float bias, ref float y, in DepthwiseShape shape, (int Begin, int End) rows, (int Begin, int End) together, int inputRow, float min,
        float max)
        where TVector : struct, ISimdF32<TVector>
    {
        nint channels = shape.Channels;
        TVector start = TVector.LoadUnsafe(in bias, 0), low = TVector.Create(min), high = TVector.Create(max);
        for (int column = together.Begin; column < together.End;)
        {
            ref float pixel = ref Unsafe.Add(ref y, column * channels);
            int inputColumn = (column * shape.StrideX) - shape.PadLeft;
            if (column + (2 * Together) <= together.End)
            {
                Eight(start, low, high, ref x, ref taps, ref pixel, shape, rows, inputRow, inputColumn);
                column += 2 * Together;
            }
            else
            {
                Four(start, low, high, ref x, ref taps, ref pixel, shape, rows, inputRow, inputColumn);
                column += Together;
            }
        }
    }

    /// <summary>Computes some columns, whose filters may reach beyond the input, for the channels from <paramref name="channel"/> up to and without <paramref name="end"/>.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void SingleColumns<TVector>(
        ref float image, ref float w, ref float bias, ref float y, in DepthwiseShape shape, (int Begin, int End) rows, int first, int last, int inputRow, int channel, int end,
        float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector low = TVector.Create(min), high = TVector.Create(max);
        for (int column = first; column < last; column++)
        {
            int inputColumn = (column * shape.StrideX) - shape.PadLeft;
            ref float pixel = ref Unsafe.Add(ref y, (nint)column * shape.Channels);
            int vector = channel;
            for (; vector + (Together * TVector.Count) <= end; vector += Together * TVector.Count)
            {
                FourVectors(
                    low, high, ref Unsafe.Add(ref image, vector), ref Unsafe.Add(ref w, vector), ref Unsafe.Add(ref bias, vector), ref Unsafe.Add(ref pixel, vector), shape, rows,
                    inputRow, inputColumn);
            }

            for (; vector < end; vector += TVector.Count)
            {
                TVector sum = TVector.LoadUnsafe(in bias, (nuint)vector);
                sum = One(sum, ref Unsafe.Add(ref image, vector), ref Unsafe.Add(ref w, vector), shape, rows, inputRow, inputColumn);
                sum.StoreBounded(ref pixel, (nuint)vector, low, high);
            }
        }
    }

    /// <summary>The sum of one output column, whose filter may reach beyond the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector One<TVector>(
        TVector sum, ref float x, ref float taps, in DepthwiseShape shape, (int Begin, int End) rows, int inputRow, int inputColumn)
        where TVector : struct, ISimdF32<TVector>
    {
        nint channels = shape.Channels;
        (int begin, int end) = TapsInside(inputColumn, shape.KernelWidth, shape.DilationX, shape.InputWidth);
        nint tapStep = shape.DilationX * channels;
        for (int ky = rows.Begin; ky < rows.End; ky++)
        {
            nint value = ((((nint)inputRow + (ky * shape.DilationY)) * shape.InputWidth) + inputColumn + (begin * shape.DilationX)) * channels;
            nint tap = ((ky * shape.KernelWidth) + begin) * channels;
            for (int kx = begin; kx < end; kx++, value += tapStep, tap += channels)
            {
                TVector.AddProduct(ref sum, TVector.LoadUnsafe(in x, (nuint)value), TVector.LoadUnsafe(in taps, (nuint)tap));
            }
        }

        return sum;
    }

    /// <summary>As <see cref="One"/>, for four neighbouring vectors of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourVectors<TVector>(
        TVector low, TVector high, ref float x, ref float taps, ref float bias, ref float y, in DepthwiseShape shape, (int Begin, int End) rows, int inputRow, int inputColumn)
        where TVector : struct, ISimdF32<TVector>
    {
        nint channels = shape.Channels;
        nuint count = (nuint)TVector.Count;
        (int begin, int end) = TapsInside(inputColumn, shape.KernelWidth, shape.DilationX, shape.InputWidth);
        nint tapStep = shape.DilationX * channels;
        TVector a = TVector.LoadUnsafe(in bias, 0), b = TVector.LoadUnsafe(in bias, count);
        TVector c = TVector.LoadUnsafe(in bias, 2 * count), d = TVector.LoadUnsafe(in bias, 3 * count);
        for (int ky = rows.Begin; ky < rows.End; ky++)
        {
            nint value = ((((nint)inputRow + (ky * shape.DilationY)) * shape.InputWidth) + inputColumn + (begin * shape.DilationX)) * channels;
            nint tap = ((ky * shape.KernelWidth) + begin) * channels;
            for (int kx = begin; kx < end; kx++, value += tapStep, tap += channels)
            {
                ref float tapX = ref Unsafe.Add(ref x, value);
                ref float weight = ref Unsafe.Add(ref taps, tap);
                TVector.AddProduct(ref a, TVector.LoadUnsafe(in tapX, 0), TVector.LoadUnsafe(in weight, 0));
                TVector.AddProduct(ref b, TVector.LoadUnsafe(in tapX, count), TVector.LoadUnsafe(in weight, count));
                TVector.AddProduct(ref c, TVector.LoadUnsafe(in tapX, 2 * count), TVector.LoadUnsafe(in weight, 2 * count));
                TVector.AddProduct(ref d, TVector.LoadUnsafe(in tapX, 3 * count), TVector.LoadUnsafe(in weight, 3 * count));
            }
        }

        a.StoreBounded(ref y, 0, low, high);
        b.StoreBounded(ref y, count, low, high);
        c.StoreBounded(ref y, 2 * count, low, high);
        d.StoreBounded(ref y, 3 * count, low, high);
    }

    /// <summary>Eight output columns whose filters lie inside the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight<TVector>(
        TVector start, TVector low, TVector high, ref float x, ref float taps, ref float y, in DepthwiseShape shape, (int Begin, int End) rows, int inputRow,
        int inputColumn)
        where TVector : struct, ISimdF32<TVector>
    {
        nint channels = shape.Channels;
        nint step = shape.StrideX * channels;
        nint tapStep = shape.DilationX * channels;
        TVector a = start, b = start, c = start, d = start, e = start, f = start, g = start, h = start;
        for (int ky = rows.Begin; ky < rows.End; ky++)
        {
            nint value = ((((nint)inputRow + (ky * shape.DilationY)) * shape.InputWidth) + inputColumn) * channels;
            nint tap = ky * shape.KernelWidth * channels;
            for (int kx = 0; kx < shape.KernelWidth; kx++, value += tapStep, tap += channels)
            {
                ref float x0 = ref Unsafe.Add(ref x, value);
                ref float x3 = ref Unsafe.Add(ref x0, 3 * step);
                ref float x6 = ref Unsafe.Add(ref x3, 3 * step);
                TVector weight = TVector.LoadUnsafe(in taps, (nuint)tap);
                TVector.AddProduct(ref a, TVector.LoadUnsafe(in x0, 0), weight);
                TVector.AddProduct(ref b, TVector.LoadUnsafe(in x0, (nuint)step), weight);
                TVector.AddProduct(ref c, TVector.LoadUnsafe(in x0, (nuint)(2 * step)), weight);
                TVector.AddProduct(ref d, TVector.LoadUnsafe(in x3, 0), weight);
                TVector.AddProduct(ref e, TVector.LoadUnsafe(in x3, (nuint)step), weight);
                TVector.AddProduct(ref f, TVector.LoadUnsafe(in x3, (nuint)(2 * step)), weight);
                TVector.AddProduct(ref g, TVector.LoadUnsafe(in x6, 0), weight);
                TVector.AddProduct(ref h, TVector.LoadUnsafe(in x6, (nuint)step), weight);
            }
        }

        nuint next = (nuint)channels;
        a.StoreBounded(ref y, 0, low, high);
        b.StoreBounded(ref y, next, low, high);
        c.StoreBounded(ref y, 2 * next, low, high);
        d.StoreBounded(ref y, 3 * next, low, high);
        e.StoreBounded(ref y, 4 * next, low, high);
        f.StoreBounded(ref y, 5 * next, low, high);
        g.StoreBounded(ref y, 6 * next, low, high);
        h.StoreBounded(ref y, 7 * next, low, high);
    }

    /// <summary>Four output columns whose filters lie inside the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<TVector>(
        TVector start, TVector low, TVector high, ref float x, ref float taps, ref float y, in DepthwiseShape shape, (int Begin, int End) rows, int inputRow,
        int inputColumn)
        where TVector : struct, ISimdF32<TVector>
    {
        nint channels = shape.Channels;
        nuint step = (nuint)(shape.StrideX * channels);
        nint tapStep = shape.DilationX * channels;
        TVector a = start, b = start, c = start, d = start;
        for (int ky = rows.Begin; ky < rows.End; ky++)
        {
            nint value = ((((nint)inputRow + (ky * shape.DilationY)) * shape.InputWidth) + inputColumn) * channels;
            nint tap = ky * shape.KernelWidth * channels;
            for (int kx = 0; kx < shape.KernelWidth; kx++, value += tapStep, tap += channels)
            {
                ref float tapX = ref Unsafe.Add(ref x, value);
                TVector weight = TVector.LoadUnsafe(in taps, (nuint)tap);
                TVector.AddProduct(ref a, TVector.LoadUnsafe(in tapX, 0), weight);
                TVector.AddProduct(ref b, TVector.LoadUnsafe(in tapX, step), weight);
                TVector.AddProduct(ref c, TVector.LoadUnsafe(in tapX, 2 * step), weight);
                TVector.AddProduct(ref d, TVector.LoadUnsafe(in tapX, 3 * step), weight);
            }
        }

        nuint next = (nuint)channels;
        a.StoreBounded(ref y, 0, low, high);
        b.StoreBounded(ref y, next, low, high);
        c.StoreBounded(ref y, 2 * next, low, high);
        d.StoreBounded(ref y, 3 * next, low, high);
    }

    /// <summary>
    /// The filter positions, from the first up to and without the second, that lie inside an input of <paramref name="length"/> when position 0 is at
    /// <paramref name="start"/>.
    /// </summary>
    private static (int Begin, int End) TapsInside(int start, int kernel, int dilation, int length)
    {
        int begin = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
        int end = start >= length ? 0 : (length - start + dilation - 1) / dilation;
        return (begin, Math.Min(end, kernel));
    }

    /// <summary>Output columns, from the first up to and without the second, whose filters lie inside the input: as many of them as can be computed four at a time.</summary>
    private static (int Begin, int End) ColumnsTogether(in DepthwiseShape shape)
    {
        int begin = Math.Min((shape.PadLeft + shape.StrideX - 1) / shape.StrideX, shape.OutputWidth);
        int lastStart = shape.InputWidth - 1 - ((shape.KernelWidth - 1) * shape.DilationX) + shape.PadLeft;
        int end = lastStart < 0 ? 0 : Math.Min((lastStart / shape.StrideX) + 1, shape.OutputWidth);
        return (begin, begin + (Math.Max(end - begin, 0) & -Together));
    }
}
