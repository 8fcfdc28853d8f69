using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// One output row. For each vector of channels it walks along the row: columns whose filters reach beyond the input go one at a time, those between them four
/// at a time, so that four sums hide each other's wait.
/// </content>
internal static partial class DepthwiseF32
{
    /// <summary>Output columns that are computed together.</summary>
    private const int Together = 4;

    /// <summary>Handles the channels from <paramref name="channel"/> on that fill whole vectors and returns the first one that is left.</summary>
    private static int Band<TVector>(
        ref float image, ref float w, ref float bias, ref float y, in DepthwiseShape shape, (int Begin, int End) band, int channel, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        int channels = shape.Channels;
        bool threeColumns = HasThreeColumns(shape);
        for (; channel + TVector.Count <= channels; channel += TVector.Count)
        {
            ref float x = ref Unsafe.Add(ref image, channel);
            ref float taps = ref Unsafe.Add(ref w, channel);
            ref float start = ref Unsafe.Add(ref bias, channel);
            for (int row = band.Begin; row < band.End; row++)
            {
                ref float output = ref Unsafe.Add(ref y, ((nint)row * shape.OutputWidth * channels) + channel);
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
                    AnyColumns<TVector>(ref x, ref taps, ref start, ref output, shape, rows, inputRow, min, max);
                }
            }
        }

        return channel;
    }

    /// <summary>Computes an output row of one vector of channels, for any filter.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void AnyColumns<TVector>(
        ref float x, ref float taps, ref float bias, ref float y, in DepthwiseShape shape, (int Begin, int End) rows, int inputRow, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        nint channels = shape.Channels;
        (int Begin, int End) inside = ColumnsInside(shape);
        TVector start = TVector.LoadUnsafe(in bias, 0), low = TVector.Create(min), high = TVector.Create(max);
        for (int column = 0; column < shape.OutputWidth;)
        {
            ref float pixel = ref Unsafe.Add(ref y, column * channels);
            int inputColumn = (column * shape.StrideX) - shape.PadLeft;
            if (column >= inside.Begin && column + Together <= inside.End)
            {
                Four(start, low, high, ref x, ref taps, ref pixel, shape, rows, inputRow, inputColumn);
                column += Together;
            }
            else
            {
                TVector sum = One(start, ref x, ref taps, shape, rows, inputRow, inputColumn);
                TVector.AtMost(TVector.AtLeast(sum, low), high).StoreUnsafe(ref pixel, 0);
                column++;
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
                sum = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in x, (nuint)value), TVector.LoadUnsafe(in taps, (nuint)tap), sum);
            }
        }

        return sum;
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
                a = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in tapX, 0), weight, a);
                b = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in tapX, step), weight, b);
                c = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in tapX, 2 * step), weight, c);
                d = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in tapX, 3 * step), weight, d);
            }
        }

        nuint next = (nuint)channels;
        TVector.AtMost(TVector.AtLeast(a, low), high).StoreUnsafe(ref y, 0);
        TVector.AtMost(TVector.AtLeast(b, low), high).StoreUnsafe(ref y, next);
        TVector.AtMost(TVector.AtLeast(c, low), high).StoreUnsafe(ref y, 2 * next);
        TVector.AtMost(TVector.AtLeast(d, low), high).StoreUnsafe(ref y, 3 * next);
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

    /// <summary>The output columns, from the first up to and without the second, whose filters lie inside the input.</summary>
    private static (int Begin, int End) ColumnsInside(in DepthwiseShape shape)
    {
        int begin = (shape.PadLeft + shape.StrideX - 1) / shape.StrideX;
        int lastStart = shape.InputWidth - 1 - ((shape.KernelWidth - 1) * shape.DilationX) + shape.PadLeft;
        int end = lastStart < 0 ? 0 : Math.Min((lastStart / shape.StrideX) + 1, shape.OutputWidth);
        return (begin, end);
    }
}
