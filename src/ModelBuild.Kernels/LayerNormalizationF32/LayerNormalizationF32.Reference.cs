using System;

namespace ModelBuild.Kernels;

internal static partial class LayerNormalizationF32
{
    /// <summary>The definition, one value at a time.</summary>
    public static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int rows, int length, float epsilon)
    {
        Span<float> squares = stackalloc float[Stripes.Count];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> from = x.Slice(row * length, length);
            float mean = Stripes.Reference(from, default(ReduceSumF32)) / length;
            squares.Clear();
            for (int i = 0; i < length; i++)
            {
                float difference = from[i] - mean;
                squares[i % Stripes.Count] = MathF.FusedMultiplyAdd(difference, difference, squares[i % Stripes.Count]);
            }

            float factor = 1f / MathF.Sqrt((Stripes.Join(squares) / length) + epsilon);
            for (int i = 0; i < length; i++)
            {
                y[(row * length) + i] = MathF.FusedMultiplyAdd((from[i] - mean) * factor, scale[i], bias.IsEmpty ? -0f : bias[i]);
            }
        }
    }
}
