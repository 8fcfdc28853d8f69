using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX MatMul in plain loops, for the element types that need no speed: <c>y[m, n] = sum over k of a[m, k] * b[k, n]</c>, k in order; integers wrap. For floats this is
/// what <see cref="MatMulF32"/> computes, but for the fused multiply-adds there.
/// </summary>
internal static class MatMul
{
    /// <param name="a">Left matrices, [.., Rows, Inner].</param>
    /// <param name="b">Right matrices, [.., Inner, Columns].</param>
    /// <param name="y">The products, [.., Rows, Columns]. Must overlap no operand.</param>
    /// <param name="batches">The leading dimensions of the output, and how the operands move along them, in matrices.</param>
    /// <param name="shape">The sizes of a matrix.</param>
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, in BroadcastShape batches, in MatMulShape shape)
        where T : struct, INumber<T>
    {
        var products = new MatMulBatches(batches);
        if (products.IsEmpty)
        {
            return;
        }

        int at = 0;
        do
        {
            ReadOnlySpan<T> left = a.Slice(products.A * shape.Rows * shape.Inner, shape.Rows * shape.Inner);
            ReadOnlySpan<T> right = b.Slice(products.B * shape.Inner * shape.Columns, shape.Inner * shape.Columns);
            for (int row = 0; row < shape.Rows; row++)
            {
                for (int column = 0; column < shape.Columns; column++)
                {
                    T sum = T.Zero;
                    for (int k = 0; k < shape.Inner; k++)
                    {
                        sum += left[(row * shape.Inner) + k] * right[(k * shape.Columns) + column];
                    }

                    y[at++] = sum;
                }
            }
        }
        while (products.Next());
    }
}
