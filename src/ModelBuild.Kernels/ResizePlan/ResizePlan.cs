using System;

namespace ModelBuild.Kernels;

/// <summary>The sizes that ONNX Resize gives its output, and by how much each axis is scaled.</summary>
internal static class ResizePlan
{
    /// <summary>Stretches to the given sizes.</summary>
    public const int Stretch = 0;

    /// <summary>Keeps the ratio of the sizes, none larger than given.</summary>
    public const int NotLarger = 1;

    /// <summary>Keeps the ratio of the sizes, none smaller than given.</summary>
    public const int NotSmaller = 2;

    /// <summary>From factors: a size is what the factor makes of it, rounded down.</summary>
    /// <param name="input">The input's sizes.</param>
    /// <param name="axes">Which axes change.</param>
    /// <param name="factors">The factor of each of these.</param>
    /// <param name="sizes">The output's sizes.</param>
    /// <param name="scales">The factor of every axis.</param>
    public static void FromScales(ReadOnlySpan<long> input, ReadOnlySpan<long> axes, ReadOnlySpan<float> factors, Span<long> sizes, Span<float> scales)
    {
        input.CopyTo(sizes);
        scales.Fill(1);
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)axes[i];
            scales[axis] = factors[i];
            sizes[axis] = (long)Math.Floor(input[axis] * (double)factors[i]);
        }
    }

    /// <summary>From sizes, by one of the policies above.</summary>
    /// <param name="input">The input's sizes.</param>
    /// <param name="axes">Which axes change.</param>
    /// <param name="wanted">The size of each of these.</param>
    /// <param name="sizes">The output's sizes.</param>
    /// <param name="scales">The factor of every axis.</param>
    /// <param name="policy">What to do where the ratio is another.</param>
    public static void FromSizes(ReadOnlySpan<long> input, ReadOnlySpan<long> axes, ReadOnlySpan<long> wanted, Span<long> sizes, Span<float> scales, int policy)
    {
        input.CopyTo(sizes);
        scales.Fill(1);
        double common = policy == NotLarger ? double.PositiveInfinity : 0;
        for (int i = 0; i < axes.Length; i++)
        {
            double factor = wanted[i] / (double)input[(int)axes[i]];
            common = policy == NotLarger ? Math.Min(common, factor) : Math.Max(common, factor);
        }

        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)axes[i];
            scales[axis] = (float)(policy == Stretch ? wanted[i] / (double)input[axis] : common);
            sizes[axis] = policy == Stretch ? wanted[i] : (long)Math.Floor((common * input[axis]) + 0.5);
        }
    }
}
