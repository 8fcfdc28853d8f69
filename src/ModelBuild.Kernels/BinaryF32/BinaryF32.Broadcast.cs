using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

internal static partial class BinaryF32
{
    /// <summary><c>y = operation(a, b)</c> with the operands broadcast as <paramref name="shape"/> says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunBroadcast<TOperation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, in BroadcastShape shape, TOperation operation)
        where TOperation : struct, IBinaryF32 => RunBroadcastOn(Isa.Best, a, b, y, in shape, operation);

    public static void RunBroadcastOn<TOperation>(
        IsaLevel isa, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, in BroadcastShape shape, TOperation operation)
        where TOperation : struct, IBinaryF32
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
        int length = rows.RowLength;
        int aOffset = 0;
        int bOffset = 0;
        int yOffset = 0;
        while (true)
        {
            Span<float> row = y.Slice(yOffset, length);
            if (aStride is 0 or 1 && bStride is 0 or 1)
            {
                ReadOnlySpan<float> aRow = a.Slice(aOffset, aStride == 0 ? 1 : length);
                ReadOnlySpan<float> bRow = b.Slice(bOffset, bStride == 0 ? 1 : length);
                Row(isa, aRow, aStride, bRow, bStride, row, operation);
            }
            else
            {
                StridedRow(a[aOffset..], aStride, b[bOffset..], bStride, row, operation);
            }

            int axis = rows.Advance();
            if (axis < 0)
            {
                return;
            }

            aOffset += aSteps[axis];
            bOffset += bSteps[axis];
            yOffset += length;
        }
    }
}
