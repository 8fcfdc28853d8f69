using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>The scratch memory of one run at a time. It grows to the largest run that it has seen and then allocates no more.</summary>
internal sealed class ModelArena
{
    private AlignedMemory _memory = new(0);

    /// <summary><paramref name="length"/> values of type <typeparamref name="T"/> that begin <paramref name="offset"/> bytes into an arena's memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Cut<T>(Span<byte> arena, int offset, int length)
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(arena[offset..])[..length];

    /// <summary><paramref name="length"/> bytes that start at a multiple of 64; what an earlier run left there may still be there.</summary>
    public Span<byte> Bytes(int length)
    {
        if (_memory.Length < length)
        {
            _memory = new AlignedMemory(length);
        }

        return _memory.Bytes[..length];
    }
}
