using System;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX MelWeightMatrix: triangles whose corners are evenly spaced on the mel scale, 2595 log10(1 + hertz / 700), and rounded down to elements of the spectrum.
/// </summary>
internal static class MelWeights
{
    /// <summary>Fills [spectrum, bins]. Corners beyond the spectrum are left out.</summary>
    /// <param name="y">[spectrum, bins].</param>
    /// <param name="spectrum">Elements of the spectrum.</param>
    /// <param name="bins">Triangles.</param>
    /// <param name="length">The length of the transform that makes the spectrum.</param>
    /// <param name="rate">Samples per second.</param>
    /// <param name="low">[1]: hertz where the first triangle begins.</param>
    /// <param name="high">[1]: hertz where the mel scale ends, one step behind the last triangle's peak.</param>
    public static void Run(Span<double> y, int spectrum, int bins, int length, int rate, ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        double from = Mel(low[0]);
        double step = (Mel(high[0]) - from) / (bins + 2);
        y.Clear();
        for (int bin = 0; bin < bins; bin++)
        {
            int left = Place(from + (bin * step), length, rate);
            int centre = Place(from + ((bin + 1) * step), length, rate);
            int right = Place(from + ((bin + 2) * step), length, rate);
            if (centre == left)
            {
                Set(y, spectrum, bins, centre, bin, 1);
            }

            for (int i = left; i <= centre && centre > left; i++)
            {
                Set(y, spectrum, bins, i, bin, (i - left) / (double)(centre - left));
            }

            for (int i = centre; i < right; i++)
            {
                Set(y, spectrum, bins, i, bin, (right - i) / (double)(right - centre));
            }
        }
    }

    private static void Set(Span<double> y, int spectrum, int bins, int row, int bin, double value)
    {
        if ((uint)row < (uint)spectrum)
        {
            y[(row * bins) + bin] = value;
        }
    }

    private static double Mel(double hertz) => 2595 * MathF64.Log(1 + (hertz / 700)) / MathF64.Log(10);

    private static int Place(double mel, int length, int rate) => (int)Math.Floor((length + 1) * (700 * (MathF64.Exp(mel / 2595 * MathF64.Log(10)) - 1)) / rate);
}
