using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The discrete Fourier transform of ONNX, of x seen as <c>[outer, length, inner, parts]</c>, parts being 1 for real numbers and 2 for complex ones. Complex signals of
/// 32-bit floats are transformed in 32 bits where the length has no prime factor above 11, everything else in 64 bits; see <see cref="Fourier"/> for the order of
/// operations.
/// </summary>
internal static class Dft
{
    /// <summary>How many 64-bit floats of scratch memory a transform needs at most for each element, whatever its length.</summary>
    public const int ScratchFactor = 36;

    /// <summary>How many 64-bit floats of scratch memory a transform of that length needs.</summary>
    public static int ScratchLength(int length) => Fourier.IsDirect(length) ? 6 * length : ScratchFactor * length;

    /// <summary>Transforms.</summary>
    /// <param name="x">[outer, inputs, inner, inputParts].</param>
    /// <param name="scratch">See <see cref="ScratchLength"/>.</param>
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
        if (length == 0)
        {
            y.Clear();
        }
        else if (typeof(T) == typeof(float) && inputParts == 2 && !isHalf && Fourier.LargestFactor(length) <= Fourier.LargestSmallFactor)
        {
            Lines(x, MemoryMarshal.Cast<double, float>(scratch), y, outer, inputs, inner, inputParts, length, outputs, outputParts, isInverse, isHalf);
        }
        else
        {
            Lines(x, scratch, y, outer, inputs, inner, inputParts, length, outputs, outputParts, isInverse, isHalf);
        }
    }

    // TWork is what is computed in.
    private static void Lines<T, TWork>(
        ReadOnlySpan<T> x, Span<TWork> scratch, Span<T> y, int outer, int inputs, int inner, int inputParts, int length, int outputs, int outputParts, bool isInverse, bool isHalf)
        where T : unmanaged, INumber<T>
        where TWork : unmanaged, INumber<TWork>
    {
        Span<TWork> signal = scratch[..(2 * length)];
        Fourier.Tables<TWork> tables = Fourier.Prepare(scratch[(2 * length)..], length, isInverse);
        TWork scale = isInverse ? TWork.One / TWork.CreateChecked(length) : TWork.One;
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                ReadOnlySpan<T> line = x[(((o * inputs * inner) + i) * inputParts)..];
                Load(line, signal, inputs, inner * inputParts, inputParts, length, isHalf);
                Fourier.Transform(signal, tables);
                for (int k = 0; k < outputs; k++)
                {
                    // The spectrum of real numbers is real in its middle.
                    bool isReal = inputParts == 1 && (k == 0 || 2 * k == length);
                    int at = ((((o * outputs) + k) * inner) + i) * outputParts;
                    y[at] = T.CreateSaturating(signal[2 * k] * scale);
                    if (outputParts == 2)
                    {
                        y[at + 1] = isReal ? T.Zero : T.CreateSaturating(signal[(2 * k) + 1] * scale);
                    }
                }
            }
        }
    }

    private static void Load<T, TWork>(ReadOnlySpan<T> line, Span<TWork> signal, int inputs, int stride, int parts, int length, bool isHalf)
        where T : unmanaged, INumber<T>
        where TWork : unmanaged, INumber<TWork>
    {
        int count = Math.Min(inputs, isHalf ? (length / 2) + 1 : length);
        signal.Clear();
        for (int n = 0; n < count; n++)
        {
            TWork real = TWork.CreateSaturating(line[n * stride]);
            TWork imaginary = parts == 2 ? TWork.CreateSaturating(line[(n * stride) + 1]) : TWork.Zero;
            bool isOwnMirror = isHalf && (n == 0 || 2 * n == length);
            signal[2 * n] = real;
            signal[(2 * n) + 1] = isOwnMirror ? TWork.Zero : imaginary;
            if (isHalf && !isOwnMirror)
            {
                signal[2 * (length - n)] = real;
                signal[(2 * (length - n)) + 1] = -imaginary;
            }
        }
    }
}
