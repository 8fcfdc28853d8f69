using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX Where: <c>y = condition ? a : b</c>. <c>y</c> may be the same memory as an operand of the same shape.</summary>
internal static class Where
{
    /// <summary>Operands of the same shape; <c>y</c> decides the length.</summary>
    public static void Run<T>(ReadOnlySpan<bool> condition, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => Row(condition, 1, a, 1, b, 1, y);

    /// <summary>Operands that are broadcast as <paramref name="shape"/> says.</summary>
    public static void RunBroadcast<T>(ReadOnlySpan<bool> condition, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, in SelectShape shape)
    {
        Odometer rows = new(shape.Rank, shape.Lengths);
        if (rows.IsEmpty)
        {
            return;
        }

        Axes conditionSteps = rows.Steps(shape.ConditionStrides);
        Axes aSteps = rows.Steps(shape.AStrides);
        Axes bSteps = rows.Steps(shape.BStrides);
        int conditionStride = rows.RowStride(shape.ConditionStrides);
        int aStride = rows.RowStride(shape.AStrides);
        int bStride = rows.RowStride(shape.BStrides);
        int conditionOffset = 0;
        int aOffset = 0;
        int bOffset = 0;
        int yOffset = 0;
        while (true)
        {
            Span<T> row = y.Slice(yOffset, rows.RowLength);
            Row(condition[conditionOffset..], conditionStride, a[aOffset..], aStride, b[bOffset..], bStride, row);
            int axis = rows.Advance();
            if (axis < 0)
            {
                return;
            }

            conditionOffset += conditionSteps[axis];
            aOffset += aSteps[axis];
            bOffset += bSteps[axis];
            yOffset += rows.RowLength;
        }
    }

    private static void Row<T>(
        ReadOnlySpan<bool> condition, int conditionStride, ReadOnlySpan<T> a, int aStride, ReadOnlySpan<T> b, int bStride, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = condition[i * conditionStride] ? a[i * aStride] : b[i * bStride];
        }
    }
}
