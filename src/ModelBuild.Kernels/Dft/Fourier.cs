using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// Transforms one complex signal, in place. Lengths are split into factors of 4, at most one 2, and odd primes, by decimation in frequency with the output in order
/// (Stockham), as FFTPACK by Swarztrauber does; a length with a prime factor above <see cref="LargestPassFactor"/> is a convolution with a chirp (Bluestein 1970), which is
/// made of transforms of a power of two. Nothing is contracted to fused operations. The roots of unity are rounded from 64 bits, and exact at multiples of an eighth turn.
/// Numbers are pairs: real part, imaginary part.
/// </summary>
internal static class Fourier
{
    /// <summary>The largest prime factor with which rounding errors stay those of a small sum.</summary>
    public const int LargestSmallFactor = 11;

    private const int LargestPassFactor = 61;

    /// <summary>What depends on the length and the direction alone, and memory to work in.</summary>
    /// <typeparam name="T">What is computed in.</typeparam>
    public readonly ref struct Tables<T>
        where T : unmanaged
    {
        /// <summary>The length that is split into factors: that of the signal, or of the convolution.</summary>
        public int Length { get; init; }

        /// <summary>Whether exponents are positive; in a convolution it is the direction of the chirp.</summary>
        public bool IsInverse { get; init; }

        /// <summary>[Length, 2]: exp(2 pi i k / Length).</summary>
        public Span<T> Roots { get; init; }

        /// <summary>[Length, 2].</summary>
        public Span<T> Work { get; init; }

        /// <summary>[signal length, 2]: exp(pi i k^2 / signal length). Empty where there is no convolution.</summary>
        public Span<T> Chirp { get; init; }

        /// <summary>[Length, 2]: the transform of the chirp, divided by Length.</summary>
        public Span<T> Filter { get; init; }

        /// <summary>[Length, 2]: the padded signal.</summary>
        public Span<T> Padded { get; init; }
    }

    /// <summary>The largest prime factor.</summary>
    public static int LargestFactor(int length)
    {
        int largest = 1;
        for (int factor = 2; factor * factor <= length; factor++)
        {
            while (length % factor == 0)
            {
                length /= factor;
                largest = factor;
            }
        }

        return Math.Max(largest, length);
    }

    /// <summary>Whether there is no convolution, so that 4 * length elements of memory are enough for the tables.</summary>
    public static bool IsDirect(int length) => LargestFactor(length) <= LargestPassFactor;

    /// <summary>Computes the tables in 34 * length elements of memory.</summary>
    public static Tables<T> Prepare<T>(Span<T> memory, int length, bool isInverse)
        where T : unmanaged, INumber<T>
    {
        if (IsDirect(length))
        {
            Tables<T> direct = new() { Length = length, IsInverse = isInverse, Roots = memory[..(2 * length)], Work = memory.Slice(2 * length, 2 * length) };
            FillRoots(direct.Roots, length);
            return direct;
        }

        int padded = (int)BitOperations.RoundUpToPowerOf2((uint)((2 * length) - 1));
        Tables<T> tables = new()
        {
            Length = padded,
            IsInverse = isInverse,
            Roots = memory[..(2 * padded)],
            Work = memory.Slice(2 * padded, 2 * padded),
            Filter = memory.Slice(4 * padded, 2 * padded),
            Padded = memory.Slice(6 * padded, 2 * padded),
            Chirp = memory.Slice(8 * padded, 2 * length),
        };
        FillRoots(tables.Roots, padded);
        tables.Filter.Clear();
        for (int k = 0; k < length; k++)
        {
            (double real, double imaginary) = Root((int)((long)k * k % (2 * length)), 2 * length);
            tables.Chirp[2 * k] = T.CreateSaturating(real);
            tables.Chirp[(2 * k) + 1] = T.CreateSaturating(imaginary);
            Set(tables.Filter, k, tables.Chirp[2 * k], isInverse ? -tables.Chirp[(2 * k) + 1] : tables.Chirp[(2 * k) + 1]);
            Set(tables.Filter, (padded - k) % padded, tables.Filter[2 * k], tables.Filter[(2 * k) + 1]);
        }

        FourierPasses.Run(tables.Filter, tables.Work, tables.Roots, padded, isInverse: false);
        T scale = T.One / T.CreateChecked(padded);
        for (int i = 0; i < tables.Filter.Length; i++)
        {
            tables.Filter[i] *= scale;
        }

        return tables;
    }

    /// <summary>y[k] is the sum of x[n] exp(-2 pi i k n / length), or of x[n] exp(2 pi i k n / length); nothing is divided.</summary>
    public static void Transform<T>(Span<T> signal, Tables<T> tables)
        where T : unmanaged, INumber<T>
    {
        if (tables.Chirp.IsEmpty)
        {
            FourierPasses.Run(signal, tables.Work, tables.Roots, tables.Length, tables.IsInverse);
            return;
        }

        // kn = (k^2 + n^2 - (k - n)^2) / 2
        Span<T> padded = tables.Padded;
        padded.Clear();
        for (int k = 0; 2 * k < signal.Length; k++)
        {
            Multiply(padded, k, signal[2 * k], signal[(2 * k) + 1], tables.Chirp[2 * k], tables.IsInverse ? tables.Chirp[(2 * k) + 1] : -tables.Chirp[(2 * k) + 1]);
        }

        FourierPasses.Run(padded, tables.Work, tables.Roots, tables.Length, isInverse: false);
        for (int k = 0; k < tables.Length; k++)
        {
            Multiply(padded, k, padded[2 * k], padded[(2 * k) + 1], tables.Filter[2 * k], tables.Filter[(2 * k) + 1]);
        }

        FourierPasses.Run(padded, tables.Work, tables.Roots, tables.Length, isInverse: true);
        for (int k = 0; 2 * k < signal.Length; k++)
        {
            Multiply(signal, k, padded[2 * k], padded[(2 * k) + 1], tables.Chirp[2 * k], tables.IsInverse ? tables.Chirp[(2 * k) + 1] : -tables.Chirp[(2 * k) + 1]);
        }
    }

    private static void FillRoots<T>(Span<T> roots, int length)
        where T : unmanaged, INumber<T>
    {
        for (int k = 0; k < length; k++)
        {
            (double real, double imaginary) = Root(k, length);
            Set(roots, k, T.CreateSaturating(real), T.CreateSaturating(imaginary));
        }
    }

    // exp(2 pi i k / n) for 0 <= k < n, from an angle of at most an eighth turn.
    private static (double Real, double Imaginary) Root(int k, int n)
    {
        int quarter = (int)(4L * k / n);
        long rest = (4L * k) - ((long)quarter * n);
        bool isFar = 2 * rest > n;
        double angle = (isFar ? n - rest : rest) * (Math.PI / 2) / n;
        (double cos, double sin) = (MathF64.Cos(angle), MathF64.Sin(angle));
        if (isFar)
        {
            (cos, sin) = (sin, cos);
        }

        return quarter switch
        {
            0 => (cos, sin),
            1 => (-sin, cos),
            2 => (-cos, -sin),
            _ => (sin, -cos),
        };
    }

    private static void Set<T>(Span<T> to, int k, T real, T imaginary)
    {
        to[2 * k] = real;
        to[(2 * k) + 1] = imaginary;
    }

    private static void Multiply<T>(Span<T> to, int k, T aReal, T aImaginary, T bReal, T bImaginary)
        where T : INumber<T> => Set(to, k, (aReal * bReal) - (aImaginary * bImaginary), (aReal * bImaginary) + (aImaginary * bReal));
}
