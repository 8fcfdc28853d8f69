using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// Brings the input of one output line into the order of the weights: for each input column and each four filter rows, sixteen channels of the four rows
/// interleaved, 64 bytes. Each column is prepared once and then read by all filter columns, and only here does the border of the input matter: what lies outside
/// is the zero point.
/// </summary>
internal static class DepthwiseInt8Columns
{
    /// <summary>Interleaves columns [first, first + count) into <paramref name="target"/>, <c>count * steps * 64</c> bytes.</summary>
    /// <param name="x">One image.</param>
    /// <param name="target">Receives <c>[column][step][16 channels][4 rows]</c>.</param>
    /// <param name="line">Output line.</param>
    /// <param name="first">First input column; may be negative.</param>
    /// <param name="count">Columns.</param>
    /// <param name="channel">First channel of the block.</param>
    /// <param name="zeroPoint">The value of what is outside.</param>
    /// <param name="shape">The geometry.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Interleave(
        ref byte x, ref byte target, int line, int first, int count, int channel, int zeroPoint, in DepthwiseShape shape)
    {
        int channels = int.Min(shape.Channels, DepthwiseInt8Layout.BlockChannels);
        int firstLine = (line * shape.StrideY) - shape.PadTop;
        int steps = (shape.KernelHeight + DepthwiseInt8Layout.StepRows - 1) / DepthwiseInt8Layout.StepRows;
        nint columnBytes = steps * DepthwiseInt8Layout.StepBytes;
        int insideFirst = int.Clamp(-first, 0, count);
        int insideEnd = int.Clamp(shape.InputWidth - first, insideFirst, count);
        nint lineBytes = (nint)shape.InputWidth * shape.Channels;
        ref byte block = ref Unsafe.Add(ref x, channel);

        for (int step = 0; step < steps; step++)
        {
            ref byte row = ref Unsafe.Add(ref target, step * DepthwiseInt8Layout.StepBytes);
            int top = firstLine + (step * DepthwiseInt8Layout.StepRows * shape.DilationY);
            int rows = int.Min(DepthwiseInt8Layout.StepRows, shape.KernelHeight - (step * DepthwiseInt8Layout.StepRows));
            bool linesInside = top >= 0 && top + ((rows - 1) * shape.DilationY) < shape.InputHeight;
            if (linesInside && channels == DepthwiseInt8Layout.BlockChannels)
            {
                // Missing filter rows have zero weights: any row will do.
                nint rowStep = shape.DilationY * lineBytes;
                ref byte source = ref Unsafe.Add(ref block, (top * lineBytes) + ((nint)(first + insideFirst) * shape.Channels));
                Inside(
                    ref source,
                    rows > 1 ? rowStep : 0,
                    rows > 2 ? 2 * rowStep : 0,
                    rows > 3 ? 3 * rowStep : 0,
                    shape.Channels,
                    ref Unsafe.Add(ref row, insideFirst * columnBytes),
                    columnBytes,
                    insideEnd - insideFirst);
                Border(ref block, ref row, top, first, 0, insideFirst, channels, zeroPoint, rows, columnBytes, shape);
                Border(ref block, ref row, top, first, insideEnd, count, channels, zeroPoint, rows, columnBytes, shape);
            }
            else
            {
                Border(ref block, ref row, top, first, 0, count, channels, zeroPoint, rows, columnBytes, shape);
            }
        }
    }

    /// <summary>Columns whose four rows are inside the input, with all sixteen channels.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Inside(
        ref byte source, nint row1, nint row2, nint row3, nint pixelBytes, ref byte target, nint columnBytes, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Store(
                Vector128.LoadUnsafe(ref source),
                Vector128.LoadUnsafe(ref Unsafe.Add(ref source, row1)),
                Vector128.LoadUnsafe(ref Unsafe.Add(ref source, row2)),
                Vector128.LoadUnsafe(ref Unsafe.Add(ref source, row3)),
                ref target);
            source = ref Unsafe.Add(ref source, pixelBytes);
            target = ref Unsafe.Add(ref target, columnBytes);
        }
    }

    /// <summary>Columns [begin, end) of which any part may be outside.</summary>
    private static void Border(
        ref byte block,
        ref byte target,
        int top,
        int first,
        int begin,
        int end,
        int channels,
        int zeroPoint,
        int rows,
        nint columnBytes,
        in DepthwiseShape shape)
    {
        for (int i = begin; i < end; i++)
        {
            int column = first + i;
            Vector128<byte> row0 = Load(ref block, top, column, channels, zeroPoint, shape);
            Vector128<byte> row1 = rows > 1 ? Load(ref block, top + shape.DilationY, column, channels, zeroPoint, shape) : row0;
            Vector128<byte> row2 = rows > 2 ? Load(ref block, top + (2 * shape.DilationY), column, channels, zeroPoint, shape) : row0;
            Vector128<byte> row3 = rows > 3 ? Load(ref block, top + (3 * shape.DilationY), column, channels, zeroPoint, shape) : row0;
            Store(row0, row1, row2, row3, ref Unsafe.Add(ref target, i * columnBytes));
        }
    }

    private static Vector128<byte> Load(ref byte block, int line, int column, int channels, int zeroPoint, in DepthwiseShape shape)
    {
        bool inside = (uint)line < (uint)shape.InputHeight && (uint)column < (uint)shape.InputWidth;
        return inside
            ? PartialLanes.Load(ref Unsafe.Add(ref block, (((nint)line * shape.InputWidth) + column) * shape.Channels), channels)
            : Vector128.Create((byte)zeroPoint);
    }

    /// <summary>Stores byte c of the four rows at <c>4 * c</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<byte> row0, Vector128<byte> row1, Vector128<byte> row2, Vector128<byte> row3, ref byte target)
    {
        Vector128<ushort> low01 = ZipLow(row0, row1), high01 = ZipHigh(row0, row1);
        Vector128<ushort> low23 = ZipLow(row2, row3), high23 = ZipHigh(row2, row3);
        ZipLow(low01, low23).StoreUnsafe(ref target);
        ZipHigh(low01, low23).StoreUnsafe(ref target, 16);
        ZipLow(high01, high23).StoreUnsafe(ref target, 32);
        ZipHigh(high01, high23).StoreUnsafe(ref target, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> ZipLow(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackLow(a, b).AsUInt16()
        : Vector128.WidenLower(a) | Vector128.ShiftLeft(Vector128.WidenLower(b), 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> ZipHigh(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a, b).AsUInt16()
        : Vector128.WidenUpper(a) | Vector128.ShiftLeft(Vector128.WidenUpper(b), 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipLow(Vector128<ushort> a, Vector128<ushort> b) => Sse2.IsSupported
        ? Sse2.UnpackLow(a, b).AsByte()
        : (Vector128.WidenLower(a) | Vector128.ShiftLeft(Vector128.WidenLower(b), 16)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipHigh(Vector128<ushort> a, Vector128<ushort> b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a, b).AsByte()
        : (Vector128.WidenUpper(a) | Vector128.ShiftLeft(Vector128.WidenUpper(b), 16)).AsByte();
}
