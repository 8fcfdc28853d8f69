using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// One output row. For each vector of channels it walks along the row; columns whose filters lie inside the input go four at a time, so that four sums hide each
/// other's wait and, where filters overlap, share what they load.
/// </content>
internal static partial class DepthwiseF32
{
    /// <summary>Output columns that are computed together.</summary>
    private const int Together = 4;

    /// <summary>Handles the channels from <paramref name="channel"/> on that fill whole vectors and returns the first one that is left.</summary>
    [MethodImpl(HotLoop.Options)]
    private static int Row<TVector>(
        ref float image, ref float w, ref float bias, ref float y, in DepthwiseShape shape, int inputRow, int channel, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        (int begin, int end) rows = TapsInside(inputRow, shape.KernelHeight, shape.DilationY, shape.InputHeight);
        (int begin, int end) inside = ColumnsInside(shape);
        bool overlapping = shape.KernelWidth == 3 && shape.StrideX == 1 && shape.DilationX == 1;
        TVector low = TVector.Create(min), high = TVector.Create(max);
        for (; channel + TVector.Count <= shape.Channels; channel += TVector.Count)
        {
            ref float x = ref Unsafe.Add(ref image, channel);
            ref float taps = ref Unsafe.Add(ref w, channel);
            TVector start = TVector.LoadUnsafe(in bias, (nuint)channel);
            for (int column = 0; column < shape.OutputWidth;)
            {
                ref float pixel = ref Unsafe.Add(ref y, ((nint)column * shape.Channels) + channel);
                int inputColumn = (column * shape.StrideX) - shape.PadLeft;
                if (column < inside.begin || column + Together > inside.end)
                {
                    TVector sum = One(start, ref x, ref taps, shape, rows, inputRow, inputColumn);
                    TVector.AtMost(TVector.AtLeast(sum, low), high).StoreUnsafe(ref pixel, 0);
                    column++;
                    continue;
                }

                TVector a = start, b = start, c = start, d = start;
                for (int ky = rows.begin; ky < rows.end; ky++)
                {
                    int inputOffset = ((inputRow + (ky * shape.DilationY)) * shape.InputWidth) + inputColumn;
                    ref float rowX = ref Unsafe.Add(ref x, (nint)inputOffset * shape.Channels);
                    ref float rowW = ref Unsafe.Add(ref taps, (nint)ky * shape.KernelWidth * shape.Channels);
                    if (overlapping)
                    {
                        nuint next = (nuint)shape.Channels;
                        TVector w0 = TVector.LoadUnsafe(in rowW, 0), w1 = TVector.LoadUnsafe(in rowW, next), w2 = TVector.LoadUnsafe(in rowW, 2 * next);
                        TVector x0 = TVector.LoadUnsafe(in rowX, 0), x1 = TVector.LoadUnsafe(in rowX, next), x2 = TVector.LoadUnsafe(in rowX, 2 * next);
                        a = Three(x0, x1, x2, w0, w1, w2, a);
                        x0 = TVector.LoadUnsafe(in rowX, 3 * next);
                        b = Three(x1, x2, x0, w0, w1, w2, b);
                        x1 = TVector.LoadUnsafe(in rowX, 4 * next);
                        c = Three(x2, x0, x1, w0, w1, w2, c);
                        x2 = TVector.LoadUnsafe(in rowX, 5 * next);
                        d = Three(x0, x1, x2, w0, w1, w2, d);
                    }
                    else
                    {
                        nuint step = (nuint)(shape.StrideX * shape.Channels);
                        nint tapStep = (nint)shape.DilationX * shape.Channels;
                        for (int kx = 0; kx < shape.KernelWidth; kx++)
                        {
                            ref float tapX = ref Unsafe.Add(ref rowX, kx * tapStep);
                            TVector tap = TVector.LoadUnsafe(in rowW, (nuint)(kx * shape.Channels));
                            a = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in tapX, 0), tap, a);
                            b = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in tapX, step), tap, b);
                            c = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in tapX, 2 * step), tap, c);
                            d = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in tapX, 3 * step), tap, d);
                        }
                    }
                }

                nuint nextPixel = (nuint)shape.Channels;
                TVector.AtMost(TVector.AtLeast(a, low), high).StoreUnsafe(ref pixel, 0);
                TVector.AtMost(TVector.AtLeast(b, low), high).StoreUnsafe(ref pixel, nextPixel);
                TVector.AtMost(TVector.AtLeast(c, low), high).StoreUnsafe(ref pixel, 2 * nextPixel);
                TVector.AtMost(TVector.AtLeast(d, low), high).StoreUnsafe(ref pixel, 3 * nextPixel);
                column += Together;
            }
        }

        return channel;
    }

    /// <summary>The sum of one output column, whose filter may reach beyond the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector One<TVector>(
        TVector sum, ref float x, ref float taps, in DepthwiseShape shape, (int Begin, int End) rows, int inputRow, int inputColumn)
        where TVector : struct, ISimdF32<TVector>
    {
        (int begin, int end) = TapsInside(inputColumn, shape.KernelWidth, shape.DilationX, shape.InputWidth);
        for (int ky = rows.Begin; ky < rows.End; ky++)
        {
            int inputOffset = ((inputRow + (ky * shape.DilationY)) * shape.InputWidth) + inputColumn;
            for (int kx = begin; kx < end; kx++)
            {
                TVector value = TVector.LoadUnsafe(in x, (nuint)((nint)(inputOffset + (kx * shape.DilationX)) * shape.Channels));
                TVector tap = TVector.LoadUnsafe(in taps, (nuint)((nint)((ky * shape.KernelWidth) + kx) * shape.Channels));
                sum = TVector.FusedMultiplyAdd(value, tap, sum);
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Three<TVector>(TVector x0, TVector x1, TVector x2, TVector w0, TVector w1, TVector w2, TVector sum)
        where TVector : struct, ISimdF32<TVector> =>
        TVector.FusedMultiplyAdd(x2, w2, TVector.FusedMultiplyAdd(x1, w1, TVector.FusedMultiplyAdd(x0, w0, sum)));

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
