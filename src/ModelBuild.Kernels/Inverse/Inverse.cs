using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>The inverses of square matrices, by Gauss and Jordan: in each column the largest element that is left becomes the pivot.</summary>
internal static class Inverse
{
    /// <summary>Inverts.</summary>
    /// <param name="x">[count, size, size].</param>
    /// <param name="scratch">[size, size].</param>
    /// <param name="y">[count, size, size].</param>
    /// <param name="count">How many matrices there are.</param>
    /// <param name="size">Their rows and columns.</param>
    /// <exception cref="ArgumentException">A matrix has no inverse.</exception>
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> scratch, Span<T> y, int count, int size)
        where T : struct, INumber<T>
    {
        for (int m = 0; m < count; m++)
        {
            Span<T> left = scratch[..(size * size)], right = y.Slice(m * size * size, size * size);
            x.Slice(m * size * size, size * size).CopyTo(left);
            right.Clear();
            for (int i = 0; i < size; i++)
            {
                right[(i * size) + i] = T.One;
            }

            for (int column = 0; column < size; column++)
            {
                int pivot = Pivot<T>(left, size, column);
                T value = left[(pivot * size) + column];
                if (T.IsZero(value))
                {
                    throw new ArgumentException($"Matrix {m} has no inverse.", nameof(x));
                }

                Exchange(left, size, pivot, column);
                Exchange(right, size, pivot, column);
                Divide(left.Slice(column * size, size), value);
                Divide(right.Slice(column * size, size), value);
                for (int row = 0; row < size; row++)
                {
                    T factor = left[(row * size) + column];
                    if (row != column && !T.IsZero(factor))
                    {
                        Subtract<T>(left.Slice(row * size, size), left.Slice(column * size, size), factor);
                        Subtract<T>(right.Slice(row * size, size), right.Slice(column * size, size), factor);
                    }
                }
            }
        }
    }

    private static int Pivot<T>(ReadOnlySpan<T> matrix, int size, int column)
        where T : struct, INumber<T>
    {
        int best = column;
        for (int row = column + 1; row < size; row++)
        {
            best = T.Abs(matrix[(row * size) + column]) > T.Abs(matrix[(best * size) + column]) ? row : best;
        }

        return best;
    }

    private static void Exchange<T>(Span<T> matrix, int size, int first, int second)
    {
        for (int i = 0; i < size && first != second; i++)
        {
            (matrix[(first * size) + i], matrix[(second * size) + i]) = (matrix[(second * size) + i], matrix[(first * size) + i]);
        }
    }

    private static void Divide<T>(Span<T> row, T divisor)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] /= divisor;
        }
    }

    private static void Subtract<T>(Span<T> row, ReadOnlySpan<T> other, T factor)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] -= factor * other[i];
        }
    }
}
