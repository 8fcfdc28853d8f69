using System;

namespace ModelBuild.Kernels;

/// <content>The same layer in plain loops.</content>
internal static partial class DenseSplitF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int rows, in DenseShape shape, float min, float max)
    {
        PanelsF32 panels = new(shape.Inputs, shape.Outputs);
        Span<float> chain = stackalloc float[Chains];
        for (int r = 0; r < rows; r++)
        {
            for (int n = 0; n < shape.Outputs; n++)
            {
                int w = (int)panels.Offset(n), stride = panels.RowStride(n);
                chain.Clear();
                chain[0] = bias[n];
                for (int k = 0; k < shape.Inputs; k++)
                {
                    chain[k % Chains] = MathF.FusedMultiplyAdd(x[(r * shape.Inputs) + k], weights[w + (k * stride)], chain[k % Chains]);
                }

                float sum = (chain[0] + chain[2]) + (chain[1] + chain[3]);
                sum = min > sum ? min : sum;
                y[(r * shape.Outputs) + n] = max < sum ? max : sum;
            }
        }
    }
}
