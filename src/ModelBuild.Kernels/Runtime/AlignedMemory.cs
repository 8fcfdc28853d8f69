using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Memory that starts at a multiple of 64 bytes (a cache line and the widest vector) and never moves. It lives on the pinned heap and is collected like any
/// other object. The contents are undefined at first.
/// </summary>
internal sealed class AlignedMemory
{
    /// <summary>What every address that kernels care about is a multiple of.</summary>
    public const int Alignment = 64;

    private readonly byte[] _array;
    private readonly int _start;

    public AlignedMemory(int length)
    {
        _array = GC.AllocateUninitializedArray<byte>(checked(length + Alignment - 1), pinned: true);
        _start = Padding(Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0));
        Length = length;
    }

    /// <summary>Bytes.</summary>
    public int Length { get; }

    /// <summary>All of it.</summary>
    public Span<byte> Bytes => _array.AsSpan(_start, Length);

    /// <summary>The part of <paramref name="memory"/>, which must not move, that starts at a multiple of 64 bytes: at most 63 bytes are lost.</summary>
    public static Span<byte> Align(Span<byte> memory) => memory[Padding(Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(memory)))..];

    /// <summary><paramref name="length"/> values of type <typeparamref name="T"/> that begin <paramref name="offset"/> bytes into the memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Span<T>(int offset, int length)
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(Bytes[offset..])[..length];

    private static int Padding(nint address) => (int)(-address & (Alignment - 1));
}
