using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// The passes of a transform whose length has small factors: each takes <c>[groups, factor, span]</c> to <c>[factor, groups, span]</c> by transforms along the factor,
/// whose results j it multiplies with the root of j * (place in the span). The factors are a 2, fours, then odd primes.
/// </summary>
internal static class FourierPasses
{
    /// <summary>Transforms the signal in place.</summary>
    /// <param name="signal">[length, 2].</param>
    /// <param name="work">[length, 2].</param>
    /// <param name="roots">[length, 2]: exp(2 pi i k / length).</param>
    /// <param name="length">The length.</param>
    /// <param name="isInverse">Whether exponents are positive.</param>
    public static void Run<T>(Span<T> signal, Span<T> work, ReadOnlySpan<T> roots, int length, bool isInverse)
        where T : unmanaged, INumber<T>
    {
        Span<T> from = signal[..(2 * length)];
        Span<T> to = work[..(2 * length)];
        int groups = 1;
        int rest = length;
        while (rest > 1)
        {
            int factor = Factor(rest);
            Pass(from, to, roots, groups, factor, rest / factor, isInverse);
            groups *= factor;
            rest /= factor;
            Span<T> swap = from;
            from = to;
            to = swap;
        }

        if (from != signal[..(2 * length)])
        {
            from.CopyTo(signal);
        }
    }

    // The 2 of 2 * 4^n comes first.
    private static int Factor(int rest)
    {
        if (rest % 2 == 0)
        {
            return BitOperations.TrailingZeroCount(rest) % 2 == 1 ? 2 : 4;
        }

        int factor = 3;
        while (factor * factor <= rest && rest % factor != 0)
        {
            factor += 2;
        }

        return factor * factor <= rest ? factor : rest;
    }

    private static void Pass<T>(ReadOnlySpan<T> from, Span<T> to, ReadOnlySpan<T> roots, int groups, int factor, int span, bool isInverse)
        where T : unmanaged, INumber<T>
    {
        for (int group = 0; group < groups; group++)
        {
            for (int i = 0; i < span; i++)
            {
                int first = (group * factor * span) + i;
                int result = (group * span) + i;
                switch (factor)
                {
                    case 2:
                        Two(from, to, first, span, result, groups * span);
                        break;
                    case 4:
                        Four(from, to, first, span, result, groups * span, isInverse);
                        break;
                    default:
                        Odd(from, to, roots, first, span, result, groups * span, factor, isInverse);
                        break;
                }

                for (int j = 1; j < factor && i > 0; j++)
                {
                    Turn(to, result + (j * groups * span), roots, j * i * groups, isInverse);
                }
            }
        }
    }

    private static void Two<T>(ReadOnlySpan<T> from, Span<T> to, int first, int stride, int result, int resultStride)
        where T : unmanaged, INumber<T>
    {
        for (int part = 0; part < 2; part++)
        {
            (T a, T b) = (from[(2 * first) + part], from[(2 * (first + stride)) + part]);
            to[(2 * result) + part] = a + b;
            to[(2 * (result + resultStride)) + part] = a - b;
        }
    }

    private static void Four<T>(ReadOnlySpan<T> from, Span<T> to, int first, int stride, int result, int resultStride, bool isInverse)
        where T : unmanaged, INumber<T>
    {
        (int a, int b, int c, int d) = (2 * first, 2 * (first + stride), 2 * (first + (2 * stride)), 2 * (first + (3 * stride)));
        (T evenReal, T evenImaginary) = (from[a] + from[c], from[a + 1] + from[c + 1]);
        (T oddReal, T oddImaginary) = (from[b] + from[d], from[b + 1] + from[d + 1]);
        (T straightReal, T straightImaginary) = (from[a] - from[c], from[a + 1] - from[c + 1]);

        // i (b - d), or -i (b - d).
        (T turnedReal, T turnedImaginary) = isInverse ? (from[d + 1] - from[b + 1], from[b] - from[d]) : (from[b + 1] - from[d + 1], from[d] - from[b]);
        Set(to, result, evenReal + oddReal, evenImaginary + oddImaginary);
        Set(to, result + resultStride, straightReal + turnedReal, straightImaginary + turnedImaginary);
        Set(to, result + (2 * resultStride), evenReal - oddReal, evenImaginary - oddImaginary);
        Set(to, result + (3 * resultStride), straightReal - turnedReal, straightImaginary - turnedImaginary);
    }

    // Elements j and factor - j are combined first: their cosines are the same, their sines opposite.
    private static void Odd<T>(ReadOnlySpan<T> from, Span<T> to, ReadOnlySpan<T> roots, int first, int stride, int result, int resultStride, int factor, bool isInverse)
        where T : unmanaged, INumber<T>
    {
        int turn = roots.Length / 2 / factor;
        for (int k = 0; 2 * k < factor; k++)
        {
            (T real, T imaginary) = (from[2 * first], from[(2 * first) + 1]);
            (T acrossReal, T acrossImaginary) = (T.Zero, T.Zero);
            for (int j = 1; 2 * j < factor; j++)
            {
                (int low, int high) = (2 * (first + (j * stride)), 2 * (first + ((factor - j) * stride)));
                int root = j * k % factor * turn;
                T cos = roots[2 * root];
                T sin = isInverse ? roots[(2 * root) + 1] : -roots[(2 * root) + 1];
                real += cos * (from[low] + from[high]);
                imaginary += cos * (from[low + 1] + from[high + 1]);
                acrossReal += sin * (from[low + 1] - from[high + 1]);
                acrossImaginary += sin * (from[low] - from[high]);
            }

            Set(to, result + (k * resultStride), real - acrossReal, imaginary + acrossImaginary);
            if (k > 0)
            {
                Set(to, result + ((factor - k) * resultStride), real + acrossReal, imaginary - acrossImaginary);
            }
        }
    }

    private static void Turn<T>(Span<T> values, int at, ReadOnlySpan<T> roots, int root, bool isInverse)
        where T : unmanaged, INumber<T>
    {
        (T real, T imaginary) = (values[2 * at], values[(2 * at) + 1]);
        (T cos, T sin) = (roots[2 * root], isInverse ? roots[(2 * root) + 1] : -roots[(2 * root) + 1]);
        Set(values, at, (real * cos) - (imaginary * sin), (imaginary * cos) + (real * sin));
    }

    private static void Set<T>(Span<T> to, int k, T real, T imaginary)
    {
        to[2 * k] = real;
        to[(2 * k) + 1] = imaginary;
    }
}
