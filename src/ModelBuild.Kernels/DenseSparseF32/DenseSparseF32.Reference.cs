using System;

namespace ModelBuild.Kernels;

/// <content>The same layer in plain loops.</content>
internal static partial class DenseSparseF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<float> x, // [rows, inputs]
        ReadOnlySpan<float> weights, // [blocks, 16]
        ReadOnlySpan<ushort> indices, // [blocks]
        ReadOnlySpan<int> starts, // [panels + 1]
        ReadOnlySpan<float> bias, // [outputs]
        Span<float> y, // [rows, outputs]
        int rows,
        in DenseShape shape,
        float min,
        float max)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int n = 0; n < shape.Outputs; n++)
            {
                int panel = n / PanelOutputs;
                float sum = bias[n];
                for (int block = starts[panel]; block < starts[panel + 1]; block++)
                {
                    float input = x[(row * shape.Inputs) + indices[block]];
                    sum = MathF.FusedMultiplyAdd(input, weights[(block * PanelOutputs) + (n % PanelOutputs)], sum);
                }

                sum = min > sum ? min : sum;
                y[(row * shape.Outputs) + n] = max < sum ? max : sum;
            }
        }
    }
}
