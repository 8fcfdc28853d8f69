using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// <c>y = operation(a, b)</c> for element types and results other than float, where speed rarely matters; <see cref="BinaryF32"/> is the fast one. One plain loop
/// serves every instruction set. <c>y</c> may be the same memory as an operand of the same type and shape.
/// </summary>
internal static class Binary
{
    /// <summary>Operands of the same shape; <c>y</c> decides the length.</summary>
    public static void Run<T, TResult, TOperation>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<TResult> y, TOperation operation)
        where TOperation : struct, IBinary<T, TResult> => Row(a, 1, b, 1, y, operation);

    /// <summary>Operands that are broadcast as <paramref name="shape"/> says.</summary>
    public static void RunBroadcast<T, TResult, TOperation>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<TResult> y, in BroadcastShape shape, TOperation operation)
        where TOperation : struct, IBinary<T, TResult>
    {
        Odometer rows = new(shape.Rank, shape.Lengths);
        if (rows.IsEmpty)
        {
            return;
        }

        Axes aSteps = rows.Steps(shape.AStrides);
        Axes bSteps = rows.Steps(shape.BStrides);
        int aStride = rows.RowStride(shape.AStrides);
        int bStride = rows.RowStride(shape.BStrides);
        int aOffset = 0;
        int bOffset = 0;
        int yOffset = 0;
        while (true)
        {
            Row(a[aOffset..], aStride, b[bOffset..], bStride, y.Slice(yOffset, rows.RowLength), operation);
            int axis = rows.Advance();
            if (axis < 0)
            {
                return;
            }

            aOffset += aSteps[axis];
            bOffset += bSteps[axis];
            yOffset += rows.RowLength;
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Row<T, TResult, TOperation>(
        ReadOnlySpan<T> a, int aStride, ReadOnlySpan<T> b, int bStride, Span<TResult> y, TOperation operation)
        where TOperation : struct, IBinary<T, TResult>
    {
        if (aStride == 0 && bStride == 1 && !y.IsEmpty)
        {
            T left = a[0];
            b = b[..y.Length];
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = operation.Invoke(left, b[i]);
            }
        }
        else if (aStride == 1 && bStride == 0 && !y.IsEmpty)
        {
            T right = b[0];
            a = a[..y.Length];
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = operation.Invoke(a[i], right);
            }
        }
        else if (aStride == 1 && bStride == 1)
        {
            a = a[..y.Length];
            b = b[..y.Length];
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = operation.Invoke(a[i], b[i]);
            }
        }
        else
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = operation.Invoke(a[i * aStride], b[i * bStride]);
            }
        }
    }
}
