using System;

namespace ModelBuild.Kernels;

/// <content>The same layer in plain loops.</content>
internal static partial class DenseF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int rows, in DenseShape shape, float min, float max) =>
        Reference(x, weights, bias, default, y, rows, shape, min, max, false);

    /// <summary>What <see cref="RunResidual"/> computes.</summary>
    public static void ReferenceResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int rows,
        in DenseShape shape, float min, float max) =>
        Reference(x, weights, bias, residual, y, rows, shape, min, max, true);

    private static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int rows,
        in DenseShape shape, float min, float max, bool addResidual)
    {
        PanelsF32 panels = new(shape.Inputs, shape.Outputs);
        for (int r = 0; r < rows; r++)
        {
            for (int n = 0; n < shape.Outputs; n++)
            {
                int w = (int)panels.Offset(n), stride = panels.RowStride(n);
                float sum = bias[n];
                for (int k = 0; k < shape.Inputs; k++)
                {
                    sum = MathF.FusedMultiplyAdd(x[(r * shape.Inputs) + k], weights[w + (k * stride)], sum);
                }

                int i = (r * shape.Outputs) + n;
                if (addResidual)
                {
                    sum += residual[i];
                }

                sum = min > sum ? min : sum;
                y[i] = max < sum ? max : sum;
            }
        }
    }
}
