using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// The discrete Fourier transform of ONNX, in 64 bits: by the algorithm of Cooley and Tukey (1965) where the length is a power of two, else by its definition. Of x seen
/// as <c>[outer, length, inner, parts]</c>, parts being 1 for real numbers and 2 for complex ones.
/// </summary>
internal static class Dft
{
    /// <summary>Transforms.</summary>
    /// <param name="x">[outer, inputs, inner, inputParts].</param>
    /// <param name="scratch">[4 * length]: the signal and its transform.</param>
    /// <param name="y">[outer, outputs, inner, outputParts].</param>
    /// <param name="outer">Elements before the axis.</param>
    /// <param name="inputs">Elements along the axis; those beyond the length are left out, missing ones are 0.</param>
    /// <param name="inner">Elements behind the axis.</param>
    /// <param name="inputParts">1 or 2.</param>
    /// <param name="length">The length of the transform.</param>
    /// <param name="outputs">How many results are wanted.</param>
    /// <param name="outputParts">1 for the real part alone, or 2.</param>
    /// <param name="isInverse">Whether it is the inverse.</param>
    /// <param name="isHalf">Whether the input is the first half of a spectrum whose other half mirrors it.</param>
    public static void Run<T>(
        ReadOnlySpan<T> x, Span<double> scratch, Span<T> y, int outer, int inputs, int inner, int inputParts, int length, int outputs, int outputParts, bool isInverse, bool isHalf)
        where T : unmanaged, INumber<T>
    {
        Span<double> real = scratch[..length];
        Span<double> imaginary = scratch.Slice(length, length);
        Span<double> resultReal = scratch.Slice(2 * length, length);
        Span<double> resultImaginary = scratch.Slice(3 * length, length);
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                real.Clear();
                imaginary.Clear();
                for (int n = 0; n < Math.Min(inputs, length); n++)
                {
                    int at = ((((o * inputs) + n) * inner) + i) * inputParts;
                    real[n] = double.CreateChecked(x[at]);
                    imaginary[n] = inputParts == 2 ? double.CreateChecked(x[at + 1]) : 0;
                    if (isHalf && n > 0 && length - n > n)
                    {
                        real[length - n] = real[n];
                        imaginary[length - n] = -imaginary[n];
                    }
                }

                Transform(real, imaginary, resultReal, resultImaginary, isInverse);
                double scale = isInverse ? 1.0 / length : 1;
                for (int k = 0; k < outputs; k++)
                {
                    int at = ((((o * outputs) + k) * inner) + i) * outputParts;
                    y[at] = T.CreateSaturating(resultReal[k] * scale);
                    if (outputParts == 2)
                    {
                        y[at + 1] = T.CreateSaturating(resultImaginary[k] * scale);
                    }
                }
            }
        }
    }

    private static void Transform(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> resultReal, Span<double> resultImaginary, bool isInverse)
    {
        int length = real.Length;
        double turn = (isInverse ? 2 : -2) * Math.PI / length;
        if ((length & (length - 1)) != 0)
        {
            for (int k = 0; k < length; k++)
            {
                double a = 0;
                double b = 0;
                for (int n = 0; n < length; n++)
                {
                    double angle = turn * ((long)k * n % length);
                    double cos = MathF64.Cos(angle);
                    double sin = MathF64.Sin(angle);
                    a += (real[n] * cos) - (imaginary[n] * sin);
                    b += (real[n] * sin) + (imaginary[n] * cos);
                }

                resultReal[k] = a;
                resultImaginary[k] = b;
            }

            return;
        }

        int reversed = 0;
        for (int n = 0; n < length; n++)
        {
            resultReal[reversed] = real[n];
            resultImaginary[reversed] = imaginary[n];
            int bit = length >> 1;
            while (bit > 0 && (reversed & bit) != 0)
            {
                reversed ^= bit;
                bit >>= 1;
            }

            reversed |= bit;
        }

        for (int size = 2; size <= length; size *= 2)
        {
            for (int j = 0; j < size / 2; j++)
            {
                double angle = turn * (length / size) * j;
                double cos = MathF64.Cos(angle);
                double sin = MathF64.Sin(angle);
                for (int first = j; first < length; first += size)
                {
                    int second = first + (size / 2);
                    double a = (resultReal[second] * cos) - (resultImaginary[second] * sin);
                    double b = (resultReal[second] * sin) + (resultImaginary[second] * cos);
                    resultReal[second] = resultReal[first] - a;
                    resultImaginary[second] = resultImaginary[first] - b;
                    resultReal[first] += a;
                    resultImaginary[first] += b;
                }
            }
        }
    }
}
