using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX BitCast: the same bits as elements of another type of the same width. <c>y</c> has as many elements as <c>x</c>.</summary>
internal static class BitCast
{
    public static void Run<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y)
        where TFrom : unmanaged
        where TTo : unmanaged => MemoryMarshal.AsBytes(x).CopyTo(MemoryMarshal.AsBytes(y));

    /// <summary>Bytes as truth values: true is 1 in memory and nothing else, so every other bit pattern becomes that.</summary>
    public static void ToBool<TFrom>(ReadOnlySpan<TFrom> x, Span<bool> y)
        where TFrom : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(x);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = bytes[i] != 0;
        }
    }

    /// <summary>Elements of <paramref name="bits"/> bits in bytes of their own, above which memory has the sign of signed integers and zeros otherwise.</summary>
    public static void Small<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y, int bits, bool isSigned)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        ReadOnlySpan<byte> from = MemoryMarshal.AsBytes(x);
        Span<byte> to = MemoryMarshal.AsBytes(y);
        int unused = 8 - bits;
        for (int i = 0; i < to.Length; i++)
        {
            byte high = unchecked((byte)(from[i] << unused));
            to[i] = isSigned ? unchecked((byte)((sbyte)high >> unused)) : (byte)(high >> unused);
        }
    }
}
