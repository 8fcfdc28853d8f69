using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>The scratch memory of one run at a time. It grows to the largest run that it has seen and then allocates no more.</summary>
internal sealed class ModelArena
{
    private AlignedMemory _memory = new(0);
    private AlignedMemory[] _late = [];
    private string[][] _texts = [];

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

    /// <summary>
    /// <paramref name="length"/> values in a memory of their own, for what a run finds out the size of in its course. What lies in the memory survives when it grows,
    /// and it grows by half at least, so that a loop that appends to it takes linear time.
    /// </summary>
    public Span<T> Late<T>(int slot, int length)
        where T : unmanaged
    {
        if (slot >= _late.Length)
        {
            var first = _late.Length;
            Array.Resize(ref _late, slot + 1);
            for (var i = first; i <= slot; i++)
            {
                _late[i] = new AlignedMemory(0);
            }
        }

        var bytes = checked(length * Unsafe.SizeOf<T>());
        if (_late[slot].Length < bytes)
        {
            var larger = new AlignedMemory((int)Math.Min(Math.Max(bytes, _late[slot].Length * 3L / 2), Array.MaxLength - AlignedMemory.Alignment));
            _late[slot].Bytes.CopyTo(larger.Bytes);
            _late[slot] = larger;
        }

        return MemoryMarshal.Cast<byte, T>(_late[slot].Bytes)[..length];
    }

    /// <summary><paramref name="length"/> texts; what an earlier step of the run left there is still there.</summary>
    public Span<string> Texts(int slot, int length)
    {
        if (slot >= _texts.Length)
        {
            var first = _texts.Length;
            Array.Resize(ref _texts, slot + 1);
            Array.Fill(_texts, [], first, slot + 1 - first);
        }

        if (_texts[slot].Length < length)
        {
            var first = _texts[slot].Length;
            Array.Resize(ref _texts[slot], length);
            Array.Fill(_texts[slot], string.Empty, first, length - first);
        }

        return _texts[slot].AsSpan(0, length);
    }
}
