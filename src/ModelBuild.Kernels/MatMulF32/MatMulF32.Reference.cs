using System;

namespace ModelBuild.Kernels;

/// <content>The same products in plain loops.</content>
internal static partial class MatMulF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, in BroadcastShape batches, in MatMulShape shape)
    {
        var products = new MatMulBatches(batches);
        if (products.IsEmpty)
        {
            return;
        }

        int at = 0;
        do
        {
            int left = products.A * shape.Rows * shape.Inner, right = products.B * shape.Inner * shape.Columns;
            for (int row = 0; row < shape.Rows; row++)
            {
                for (int column = 0; column < shape.Columns; column++)
                {
                    float sum = 0;
                    for (int k = 0; k < shape.Inner; k++)
                    {
                        sum = MathF.FusedMultiplyAdd(a[left + (row * shape.Inner) + k], b[right + (k * shape.Columns) + column], sum);
                    }

                    y[at++] = sum;
                }
            }
        }
        while (products.Next());
    }
}
