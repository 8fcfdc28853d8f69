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
        for (int column = 0; column < columns;)
        {
            if (column >= begin && column + Together <= end)
            {
                ref float pixel = ref Unsafe.Add(ref y, column * next);
                ref float first = ref Unsafe.Add(ref x, (column * step) - (begin * next));
                int fours = (end - column) / Together;
                if (step == next)
                {
                    AdjacentFours<TVector>(ref first, ref taps, ref bias, ref pixel, next, rowStep, filterRows, fours, min, max);
                }
                else
                {
                    StridedFours<TVector>(ref first, ref taps, ref bias, ref pixel, next, step, rowStep, filterRows, fours, min, max);
                }

                column += fours * Together;
                continue;
            }

            nint at = (column * step) - (begin * next);
            EdgeColumn<TVector>(ref x, ref taps, ref bias, ref Unsafe.Add(ref y, column * next), next, at, rowStep, filterRows, column >= begin, column < end, min, max);
            column++;
        }
    }

    /// <summary>Some times four neighbouring columns, with stride 1. It is a method of its own, as the next two are: in one, there are more calls than the JIT inlines (24x24x32: 34 us instead of 7).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void AdjacentFours<TVector>(
        ref float x, ref float taps, ref float bias, ref float y, nint next, nint rowStep, int filterRows, int fours, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector start = TVector.LoadUnsafe(in bias, 0), low = TVector.Create(min), high = TVector.Create(max);
        for (int four = 0; four < fours; four++)
        {
            TVector a = start, b = start, c = start, d = start;
            nint tap = 0;
            ref float x0 = ref x;
            for (int ky = 0; ky < filterRows; ky++, tap += 3 * next)
            {
                TVector w0 = TVector.LoadUnsafe(in taps, (nuint)tap), w1 = TVector.LoadUnsafe(in taps, (nuint)(tap + next));
                TVector w2 = TVector.LoadUnsafe(in taps, (nuint)(tap + (2 * next)));
                TVector v0 = TVector.LoadUnsafe(in x0, 0), v1 = TVector.LoadUnsafe(in x0, (nuint)next);
                TVector v2 = TVector.LoadUnsafe(in x0, (nuint)(2 * next)), v3 = TVector.LoadUnsafe(in x0, (nuint)(3 * next));
                TVector v4 = TVector.LoadUnsafe(in x0, (nuint)(4 * next)), v5 = TVector.LoadUnsafe(in x0, (nuint)(5 * next));
                a = Three(v0, v1, v2, w0, w1, w2, a);
                b = Three(v1, v2, v3, w0, w1, w2, b);
                c = Three(v2, v3, v4, w0, w1, w2, c);
                d = Three(v3, v4, v5, w0, w1, w2, d);
                x0 = ref Unsafe.Add(ref x0, rowStep);
            }

            a.StoreBounded(ref y, 0, low, high);
            b.StoreBounded(ref y, (nuint)next, low, high);
            c.StoreBounded(ref y, (nuint)(2 * next), low, high);
            d.StoreBounded(ref y, (nuint)(3 * next), low, high);
            x = ref Unsafe.Add(ref x, Together * next);
            y = ref Unsafe.Add(ref y, Together * next);
        }
    }

    /// <summary>The same with another stride.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void StridedFours<TVector>(
        ref float x, ref float taps, ref float bias, ref float y, nint next, nint step, nint rowStep, int filterRows, int fours, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector start = TVector.LoadUnsafe(in bias, 0), low = TVector.Create(min), high = TVector.Create(max);
        for (int four = 0; four < fours; four++)
        {
            TVector a = start, b = start, c = start, d = start;
            nint tap = 0;
            ref float x0 = ref x;
            for (int ky = 0; ky < filterRows; ky++, tap += 3 * next)
            {
                TVector w0 = TVector.LoadUnsafe(in taps, (nuint)tap), w1 = TVector.LoadUnsafe(in taps, (nuint)(tap + next));
                TVector w2 = TVector.LoadUnsafe(in taps, (nuint)(tap + (2 * next)));
                a = Three(ref x0, next, w0, w1, w2, a);
                b = Three(ref Unsafe.Add(ref x0, step), next, w0, w1, w2, b);
                c = Three(ref Unsafe.Add(ref x0, 2 * step), next, w0, w1, w2, c);
                d = Three(ref Unsafe.Add(ref x0, 3 * step), next, w0, w1, w2, d);
                x0 = ref Unsafe.Add(ref x0, rowStep);
            }

            a.StoreBounded(ref y, 0, low, high);
            b.StoreBounded(ref y, (nuint)next, low, high);
            c.StoreBounded(ref y, (nuint)(2 * next), low, high);
            d.StoreBounded(ref y, (nuint)(3 * next), low, high);
            x = ref Unsafe.Add(ref x, Together * step);
            y = ref Unsafe.Add(ref y, Together * next);
        }
    }

    /// <summary>One column, whose filter starts <paramref name="at"/> values after <paramref name="x"/>, perhaps without its first or last tap.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void EdgeColumn<TVector>(
        ref float x, ref float taps, ref float bias, ref float y, nint next, nint at, nint rowStep, int filterRows, bool hasLeft, bool hasRight, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector sum = TVector.LoadUnsafe(in bias, 0);
        nint tap = 0;
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

        sum.StoreBounded(ref y, 0, TVector.Create(min), TVector.Create(max));
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
