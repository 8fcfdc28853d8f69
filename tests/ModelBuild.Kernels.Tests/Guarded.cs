using System;
using System.Runtime.InteropServices;
using Shouldly;

namespace ModelBuild.Kernels.Tests;

/// <summary>
/// A buffer between two guards of 256 bytes. Guards hold a pattern that reads as NaN for float and double, so that a kernel that reads past its input poisons
/// its result, and <see cref="AssertIntact"/> finds one that writes past its output. The buffer itself starts filled with the same pattern: an element that a
/// kernel forgets to write shows up as well.
/// </summary>
internal sealed class Guarded<T>
    where T : unmanaged
{
    private const int GuardBytes = 256;

    private readonly byte[] bytes;
    private readonly int length;

    public Guarded(int length)
    {
        this.length = length;
        bytes = GC.AllocateUninitializedArray<byte>((2 * GuardBytes) + DataBytes, pinned: true);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Pattern(i);
        }
    }

    public Guarded(ReadOnlySpan<T> values)
        : this(values.Length)
    {
        values.CopyTo(Span);
    }

    /// <summary>The elements between the guards; its address is a multiple of 4 at least, and often of nothing more.</summary>
    public Span<T> Span => MemoryMarshal.Cast<byte, T>(bytes.AsSpan(GuardBytes, DataBytes));

    private int DataBytes => length * Marshal.SizeOf<T>();

    /// <summary>Fails when a byte before or after the buffer has changed.</summary>
    public void AssertIntact(string context = "")
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (i == GuardBytes)
            {
                i += DataBytes;
            }

            if (i < bytes.Length && bytes[i] != Pattern(i))
            {
                var offset = i < GuardBytes ? i - GuardBytes : i - GuardBytes - DataBytes;
                var where = i < GuardBytes ? "before the start" : "after the end";
                throw new ShouldAssertException($"{context}: a write at byte {offset} {where} of a buffer of {length} {typeof(T).Name}");
            }
        }
    }

    /// <summary>Little-endian 0x7FF15AA5: a quiet NaN as float, and repeated twice as double.</summary>
    private static byte Pattern(int i) => (i & 3) switch { 0 => 0xA5, 1 => 0x5A, 2 => 0xF1, _ => 0x7F };
}
