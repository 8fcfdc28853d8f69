using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// Filters of three adjacent columns, by far the most common: the taps of a filter row are unrolled, four output columns go together, and with stride 1 they
/// share what they load. The first and the last column may miss one tap, as they do with a padding of one.
/// </content>
internal static partial class DepthwiseF32
{
    /// <summary>Whether <see cref="ThreeColumns"/> can compute whole rows.</summary>
    private static bool HasThreeColumns(in DepthwiseShape shape) =>
        shape.KernelWidth == 3 && shape.DilationX == 1 && shape.PadLeft is 0 or 1 && shape.InputWidth >= 3
        && ((shape.OutputWidth - 1) * shape.StrideX) - shape.PadLeft + 2 <= shape.InputWidth;

    /// <summary>
    /// Computes an output row of one vector of channels. <paramref name="x"/> is the first input row that the filters touch, <paramref name="taps"/> the filter
    /// row that meets it, and <paramref name="filterRows"/> the number of filter rows from there on that lie inside the input.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private static void ThreeColumns<TVector>(
        ref float x, ref float taps, ref float bias, ref float y, in DepthwiseShape shape, int filterRows, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        nint next = shape.Channels;
        nint step = shape.StrideX * next;
        nint rowStep = (nint)shape.DilationY * shape.InputWidth * next;
        int columns = shape.OutputWidth;
        int begin = shape.PadLeft;
        int end = ((columns - 1) * shape.StrideX) - begin + 2 == shape.InputWidth ? columns - 1 : columns;
        TVector start = TVector.LoadUnsafe(in bias, 0), low = TVector.Create(min), high = TVector.Create(max);
        for (int column = 0; column < columns;)
        {
            ref float pixel = ref Unsafe.Add(ref y, column * next);
            nint at = (column * step) - (begin * next);
            nint tap = 0;
            if (column + Together <= end && column >= begin)
            {
                TVector a = start, b = start, c = start, d = start;
                for (int ky = 0; ky < filterRows; ky++, at += rowStep, tap += 3 * next)
                {
                    ref float x0 = ref Unsafe.Add(ref x, at);
                    TVector w0 = TVector.LoadUnsafe(in taps, (nuint)tap), w1 = TVector.LoadUnsafe(in taps, (nuint)(tap + next));
                    TVector w2 = TVector.LoadUnsafe(in taps, (nuint)(tap + (2 * next)));
                    if (step == next)
                    {
                        TVector v0 = TVector.LoadUnsafe(in x0, 0), v1 = TVector.LoadUnsafe(in x0, (nuint)next);
                        TVector v2 = TVector.LoadUnsafe(in x0, (nuint)(2 * next)), v3 = TVector.LoadUnsafe(in x0, (nuint)(3 * next));
                        TVector v4 = TVector.LoadUnsafe(in x0, (nuint)(4 * next)), v5 = TVector.LoadUnsafe(in x0, (nuint)(5 * next));
                        a = Three(v0, v1, v2, w0, w1, w2, a);
                        b = Three(v1, v2, v3, w0, w1, w2, b);
                        c = Three(v2, v3, v4, w0, w1, w2, c);
                        d = Three(v3, v4, v5, w0, w1, w2, d);
                    }
                    else
                    {
                        a = Three(ref x0, next, w0, w1, w2, a);
                        b = Three(ref Unsafe.Add(ref x0, step), next, w0, w1, w2, b);
                        c = Three(ref Unsafe.Add(ref x0, 2 * step), next, w0, w1, w2, c);
                        d = Three(ref Unsafe.Add(ref x0, 3 * step), next, w0, w1, w2, d);
                    }
                }

                a.StoreBounded(ref pixel, 0, low, high);
                b.StoreBounded(ref pixel, (nuint)next, low, high);
                c.StoreBounded(ref pixel, (nuint)(2 * next), low, high);
                d.StoreBounded(ref pixel, (nuint)(3 * next), low, high);
                column += Together;
                continue;
            }

            TVector sum = start;
            bool hasLeft = column >= begin, hasRight = column < end;
            for (int ky = 0; ky < filterRows; ky++, at += rowStep, tap += 3 * next)
            {
                if (hasLeft)
                {
                    sum = Tap(ref x, at, ref taps, tap, sum);
                }

                sum = Tap(ref x, at + next, ref taps, tap + next, sum);
                if (hasRight)
                {
                    sum = Tap(ref x, at + (2 * next), ref taps, tap + (2 * next), sum);
                }
            }

            sum.StoreBounded(ref pixel, 0, low, high);
            column++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Tap<TVector>(ref float x, nint value, ref float taps, nint tap, TVector sum)
        where TVector : struct, ISimdF32<TVector> =>
        TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in x, (nuint)value), TVector.LoadUnsafe(in taps, (nuint)tap), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Three<TVector>(ref float x, nint next, TVector w0, TVector w1, TVector w2, TVector sum)
        where TVector : struct, ISimdF32<TVector> =>
        Three(TVector.LoadUnsafe(in x, 0), TVector.LoadUnsafe(in x, (nuint)next), TVector.LoadUnsafe(in x, (nuint)(2 * next)), w0, w1, w2, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Three<TVector>(TVector x0, TVector x1, TVector x2, TVector w0, TVector w1, TVector w2, TVector sum)
        where TVector : struct, ISimdF32<TVector> =>
        TVector.FusedMultiplyAdd(x2, w2, TVector.FusedMultiplyAdd(x1, w1, TVector.FusedMultiplyAdd(x0, w0, sum)));
}
