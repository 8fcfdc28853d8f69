using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Brings rows of the input into the order of the weights, as a strip: <c>[column][16 channels][row]</c>. Each column is prepared once and then read by all columns of the
/// filter, and only here does the border of the input matter: what lies outside is the zero point.
/// </summary>
internal static class DepthwiseInt8Strip
{
    /// <summary>Prepares a strip of a block of channels.</summary>
    /// <param name="x">From the image's first byte to the last that may be read.</param>
    /// <param name="target">Receives <c>count * 64</c> bytes.</param>
    /// <param name="row">The first input row; may be outside. The others follow <c>DilationY</c> rows apart.</param>
    /// <param name="first">The first input column; may be negative.</param>
    /// <param name="count">Columns.</param>
    /// <param name="channel">First channel of the block.</param>
    /// <param name="zeroPoint">The value of what is outside.</param>
    /// <param name="shape">The geometry.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Prepare<TIsa, TSum, TOperand>(
        ReadOnlySpan<byte> x, ref byte target, int row, int first, int count, int channel, int zeroPoint, in DepthwiseShape shape)
        where TIsa : struct, IDepthwiseInt8Step<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        int begin = int.Clamp(-first, 0, count);
        int end = int.Clamp(shape.InputWidth - first, begin, count);
        int inside = end - begin;
        int whole = int.Clamp(WholeColumns(x.Length, row + ((TIsa.Rows - 1) * shape.DilationY), first + begin, shape), 0, inside);
        Vector128<byte> outside = Vector128.Create((byte)zeroPoint);
        scoped DepthwiseInt8Rows rows = default;
        rows.Row0 = ref Row(x, ref outside, row, first + begin, channel, shape, out rows.Step0);
        rows.Row1 = ref Row(x, ref outside, row + shape.DilationY, first + begin, channel, shape, out rows.Step1);
        if (TIsa.Rows > 2)
        {
            rows.Row2 = ref Row(x, ref outside, row + (2 * shape.DilationY), first + begin, channel, shape, out rows.Step2);
            rows.Row3 = ref Row(x, ref outside, row + (3 * shape.DilationY), first + begin, channel, shape, out rows.Step3);
        }

        ref byte insideTarget = ref Unsafe.Add(ref target, begin * DepthwiseInt8Layout.StepBytes);
        Fill(TIsa.Outside(zeroPoint), ref target, begin);
        TIsa.Interleave(rows, ref insideTarget, whole);
        if (whole < inside)
        {
            Last<TIsa, TSum, TOperand>(rows, ref insideTarget, whole, inside, shape.Channels);
        }

        Fill(TIsa.Outside(zeroPoint), ref Unsafe.Add(ref target, end * DepthwiseInt8Layout.StepBytes), count - end);
    }

    /// <summary>Where a row's columns begin: in the input, or at sixteen times the zero point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Row(ReadOnlySpan<byte> x, ref Vector128<byte> outside, int line, int column, int channel, in DepthwiseShape shape, out nint step)
    {
        if ((uint)line >= (uint)shape.InputHeight)
        {
            step = 0;
            return ref Unsafe.As<Vector128<byte>, byte>(ref outside);
        }

        step = shape.Channels;
        return ref Unsafe.Add(ref MemoryMarshal.GetReference(x), ((((nint)line * shape.InputWidth) + column) * shape.Channels) + channel);
    }

    /// <summary>How many columns from <paramref name="column"/> on can be loaded as sixteen bytes. It is less than all where pixels are shorter, at the end of the input.</summary>
    private static int WholeColumns(int length, int lastLine, int column, in DepthwiseShape shape)
    {
        const int Block = DepthwiseInt8Layout.BlockChannels;
        if (shape.Channels >= Block)
        {
            return int.MaxValue;
        }

        int line = int.Clamp(lastLine, 0, int.Max(shape.InputHeight - 1, 0));
        int bytes = length - (((line * shape.InputWidth) + column) * shape.Channels);
        return bytes < Block ? 0 : ((bytes - Block) / shape.Channels) + 1;
    }

    /// <summary>Columns whose pixels end less than sixteen bytes before the input does.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Last<TIsa, TSum, TOperand>(in DepthwiseInt8Rows rows, ref byte target, int begin, int end, int channels)
        where TIsa : struct, IDepthwiseInt8Step<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        Vector128<byte> row0 = default, row1 = default, row2 = default, row3 = default;
        scoped DepthwiseInt8Rows pixels = default;
        pixels.Row0 = ref Unsafe.As<Vector128<byte>, byte>(ref row0);
        pixels.Row1 = ref Unsafe.As<Vector128<byte>, byte>(ref row1);
        pixels.Row2 = ref Unsafe.As<Vector128<byte>, byte>(ref row2);
        pixels.Row3 = ref Unsafe.As<Vector128<byte>, byte>(ref row3);
        for (int column = begin; column < end; column++)
        {
            row0 = PartialLanes.Load(ref Unsafe.Add(ref rows.Row0, column * rows.Step0), channels);
            row1 = PartialLanes.Load(ref Unsafe.Add(ref rows.Row1, column * rows.Step1), channels);
            if (TIsa.Rows > 2)
            {
                row2 = PartialLanes.Load(ref Unsafe.Add(ref rows.Row2, column * rows.Step2), channels);
                row3 = PartialLanes.Load(ref Unsafe.Add(ref rows.Row3, column * rows.Step3), channels);
            }

            TIsa.Interleave(pixels, ref Unsafe.Add(ref target, column * DepthwiseInt8Layout.StepBytes), 1);
        }
    }

    /// <summary>Columns outside the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(Vector128<byte> value, ref byte target, int count)
    {
        for (int i = 0; i < count; i++)
        {
            value.StoreUnsafe(ref target);
            value.StoreUnsafe(ref target, 16);
            value.StoreUnsafe(ref target, 32);
            value.StoreUnsafe(ref target, 48);
            target = ref Unsafe.Add(ref target, DepthwiseInt8Layout.StepBytes);
        }
    }
}
