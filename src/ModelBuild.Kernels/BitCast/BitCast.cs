using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX BitCast: the same bits as elements of another type.</summary>
internal static class BitCast
{
    public static void Run<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y)
        where TFrom : unmanaged
        where TTo : unmanaged
        => MemoryMarshal.AsBytes(x).CopyTo(MemoryMarshal.AsBytes(y));
}
