using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX Det, of each of a batch of square matrices, by elimination in 64 bits with the largest pivot of a column.</summary>
internal static class Determinant
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<double> scratch, Span<T> y, int batch, int size)
        where T : unmanaged, INumber<T>
    {
        for (int n = 0; n < batch; n++)
        {
            for (int i = 0; i < size * size; i++)
            {
                scratch[i] = double.CreateChecked(x[(n * size * size) + i]);
            }

            double product = 1;
            for (int column = 0; column < size && product != 0; column++)
            {
                int pivot = column;
                for (int row = column + 1; row < size; row++)
                {
                    pivot = Math.Abs(scratch[(row * size) + column]) > Math.Abs(scratch[(pivot * size) + column]) ? row : pivot;
                }

                if (pivot != column)
                {
                    product = -product;
                    for (int k = 0; k < size; k++)
                    {
                        (scratch[(pivot * size) + k], scratch[(column * size) + k]) = (scratch[(column * size) + k], scratch[(pivot * size) + k]);
                    }
                }

                double value = scratch[(column * size) + column];
                product *= value;
                for (int row = column + 1; row < size && value != 0; row++)
                {
                    double factor = scratch[(row * size) + column] / value;
                    for (int k = column; k < size; k++)
                    {
                        scratch[(row * size) + k] -= factor * scratch[(column * size) + k];
                    }
                }
            }

            y[n] = T.CreateSaturating(product);
        }
    }
}
