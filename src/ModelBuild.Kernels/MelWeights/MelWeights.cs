using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX MelWeightMatrix: triangles on the mel scale, by which a spectrum becomes mel bins.</summary>
internal static class MelWeights
{
    /// <summary>Fills [spectrum, bins].</summary>
    public static void Run<T>(Span<T> y, int spectrum, int bins, int length, int rate, ReadOnlySpan<float> low, ReadOnlySpan<float> high)
        where T : unmanaged, INumber<T>
    {
        double from = Mel(low[0]);
        double step = (Mel(high[0]) - from) / (bins + 2);
        y.Clear();
        for (int bin = 0; bin < bins; bin++)
        {
            int left = Place(from + (bin * step), length, rate);
            int centre = Place(from + ((bin + 1) * step), length, rate);
            int right = Place(from + ((bin + 2) * step), length, rate);
            if (centre == left && (uint)centre < (uint)spectrum)
            {
                y[(centre * bins) + bin] = T.One;
            }

            for (int i = left; i <= centre && centre > left; i++)
            {
                Set(y, spectrum, bins, i, bin, (i - left) / (double)(centre - left));
            }

            for (int i = centre; i < right && right > centre; i++)
            {
                Set(y, spectrum, bins, i, bin, (right - i) / (double)(right - centre));
            }
        }
    }

    private static void Set<T>(Span<T> y, int spectrum, int bins, int row, int bin, double value)
        where T : unmanaged, INumber<T>
    {
        if ((uint)row < (uint)spectrum)
        {
            y[(row * bins) + bin] = T.CreateSaturating(value);
        }
    }

    private static double Mel(double hertz) => 2595 * MathF64.Log(1 + (hertz / 700)) / MathF64.Log(10);

    private static int Place(double mel, int length, int rate) => (int)Math.Floor((length + 1) * (700 * (MathF64.Exp(mel / 2595 * MathF64.Log(10)) - 1)) / rate);
}
