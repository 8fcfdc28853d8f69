using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX MatMulInteger in plain loops, for the products that no layer kernel takes: <c>y[b, m, n] = sum over k of (a[b, m, k] - aZero[m]) * (b[b, k, n] - bZero[n])</c>
/// with 8-bit factors and sums that wrap at 32 bits. A zero point is one value, or one for each row of a or column of b. A single matrix b serves every batch.
/// </summary>
internal static class MatMulInteger
{
    public static void Run<TA, TB>(
        ReadOnlySpan<TA> a, // [batch, rows, inner]
        ReadOnlySpan<TB> b, // [batch or 1, inner, columns]
        ReadOnlySpan<TA> aZero, // [rows or 1]
        ReadOnlySpan<TB> bZero, // [columns or 1]
        Span<int> y, // [batch, rows, columns]
        int batch,
        int rows,
        int inner,
        int columns,
        bool sharesB)
        where TA : unmanaged, IBinaryInteger<TA>
        where TB : unmanaged, IBinaryInteger<TB>
    {
        for (int i = 0; i < batch * rows; i++)
        {
            ReadOnlySpan<TB> matrix = b.Slice(sharesB ? 0 : i / rows * inner * columns, inner * columns);
            int rowZero = int.CreateTruncating(aZero[aZero.Length == 1 ? 0 : i % rows]);
            for (int n = 0; n < columns; n++)
            {
                int columnZero = int.CreateTruncating(bZero[bZero.Length == 1 ? 0 : n]);
                int sum = 0;
                for (int k = 0; k < inner; k++)
                {
                    sum += (int.CreateTruncating(a[(i * inner) + k]) - rowZero) * (int.CreateTruncating(matrix[(k * columns) + n]) - columnZero);
                }

                y[(i * columns) + n] = sum;
            }
        }
    }
}
