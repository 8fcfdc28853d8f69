using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Brings the packed filter of a block of channels into steps: <c>[column][step][16 channels][row]</c>, bytes or words.</summary>
internal static class DepthwiseInt8Filter
{
    /// <summary>Prepares the filter, or the filter with a row of zeros above it.</summary>
    /// <param name="packed">The weights of the block.</param>
    /// <param name="target">Receives the steps, and in words perhaps one more after them.</param>
    /// <param name="zeroRows">Rows above the filter: 0 or 1.</param>
    /// <param name="rows">Rows of a step: four bytes, or two words.</param>
    /// <param name="steps">Steps of a column.</param>
    /// <param name="shape">The geometry.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Prepare(ReadOnlySpan<sbyte> packed, Span<byte> target, int zeroRows, int rows, int steps, in DepthwiseShape shape)
    {
        const int StepBytes = DepthwiseInt8Layout.StepBytes;
        int columnBytes = DepthwiseInt8Layout.BlockLength(shape) / shape.KernelWidth;
        Span<sbyte> fourRows = stackalloc sbyte[StepBytes];
        ref sbyte four = ref MemoryMarshal.GetReference(fourRows);
        for (int kx = 0; kx < shape.KernelWidth; kx++)
        {
            ReadOnlySpan<sbyte> column = packed.Slice(kx * columnBytes, columnBytes);
            for (int step = 0; step < steps; step += DepthwiseInt8Layout.StepRows / rows)
            {
                // In words, four rows are two steps, of which the column may need one only: then the next column takes the place of the other.
                int at = step * rows / DepthwiseInt8Layout.StepRows * StepBytes;
                FourRows(column, at, zeroRows, ref four);
                Span<byte> stepTarget = target.Slice(((kx * steps) + step) * StepBytes, StepBytes);
                if (rows == DepthwiseInt8Layout.StepRows)
                {
                    MemoryMarshal.AsBytes(fourRows).CopyTo(stepTarget);
                }
                else
                {
                    WordPairs.Widen(ref four, ref Unsafe.As<byte, short>(ref MemoryMarshal.GetReference(stepTarget)));
                }
            }
        }
    }

    /// <summary>Four rows of a column, <c>[16 channels][4]</c>, from the packed ones at <paramref name="at"/> on; what is after the last is zero.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void FourRows(ReadOnlySpan<sbyte> column, int at, int zeroRows, ref sbyte target)
    {
        for (int i = at; i < at + DepthwiseInt8Layout.StepBytes; i += Vector128<sbyte>.Count)
        {
            Vector128<uint> rows = at < column.Length ? Vector128.LoadUnsafe(in column[i]).AsUInt32() : Vector128<uint>.Zero;
            if (zeroRows > 0)
            {
                Vector128<uint> above = at > 0 ? Vector128.LoadUnsafe(in column[i - DepthwiseInt8Layout.StepBytes]).AsUInt32() : Vector128<uint>.Zero;
                rows = Vector128.ShiftLeft(rows, 8) | Vector128.ShiftRightLogical(above, 24);
            }

            rows.AsSByte().StoreUnsafe(ref target, (nuint)(i - at));
        }
    }
}
