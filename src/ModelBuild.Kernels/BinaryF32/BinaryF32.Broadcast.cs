using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

internal static partial class BinaryF32
{
    // Rows shorter than a block of this many values are handled several at a time.
    private const int BlockValues = 256;

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
        if (shape.Rank == 2 && length <= BlockValues / 4 && aStride == 1 && bStride == 1)
        {
            // One operand lies in memory like the output, and the other is the same for each row: the channels of pixels.
            if (shape.A0 == length && shape.B0 == 0)
            {
                ShortRows(isa, a, b[..length], y[..(shape.D0 * length)], isRepeatedLeft: false, operation);
                return;
            }

            if (shape.B0 == length && shape.A0 == 0)
            {
                ShortRows(isa, b, a[..length], y[..(shape.D0 * length)], isRepeatedLeft: true, operation);
                return;
            }
        }

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

    /// <summary>Applies the operation to rows of <paramref name="whole"/> and a row that is the same for all, which is repeated so often that vectors fill.</summary>
    private static void ShortRows<TOperation>(
        IsaLevel isa, ReadOnlySpan<float> whole, ReadOnlySpan<float> repeated, Span<float> y, bool isRepeatedLeft, TOperation operation)
        where TOperation : struct, IBinaryF32
    {
        Span<float> block = stackalloc float[BlockValues];
        int together = BlockValues / repeated.Length * repeated.Length;
        for (int i = 0; i < together; i += repeated.Length)
        {
            repeated.CopyTo(block[i..]);
        }

        for (int i = 0; i < y.Length; i += together)
        {
            int count = Math.Min(together, y.Length - i);
            ReadOnlySpan<float> values = whole.Slice(i, count);
            if (isRepeatedLeft)
            {
                Row(isa, block, 1, values, 1, y.Slice(i, count), operation);
            }
            else
            {
                Row(isa, values, 1, block, 1, y.Slice(i, count), operation);
            }
        }
    }
}
