using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelBuild.Kernels;

/// <summary>MurmurHash3 of 32 bits, of each element. Austin Appleby, https://github.com/aappleby/smhasher (public domain)</summary>
internal static class Hash
{
    /// <summary>Hashes numbers by their bytes.</summary>
    public static void Numbers<T>(ReadOnlySpan<T> x, Span<uint> y, int seed)
        where T : unmanaged
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Of(MemoryMarshal.AsBytes(x.Slice(i, 1)), seed);
        }
    }

    /// <summary>Hashes texts in UTF-8. It allocates for long ones.</summary>
    public static void Texts(ReadOnlySpan<string> x, Span<uint> y, int seed)
    {
        Span<byte> small = stackalloc byte[256];
        for (int i = 0; i < x.Length; i++)
        {
            int length = Encoding.UTF8.GetByteCount(x[i]);
            Span<byte> bytes = length <= small.Length ? small[..length] : new byte[length];
            Encoding.UTF8.GetBytes(x[i], bytes);
            y[i] = Of(bytes, seed);
        }
    }

    private static uint Of(ReadOnlySpan<byte> bytes, int seed)
    {
        uint hash = unchecked((uint)seed);
        int length = bytes.Length;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            hash ^= Mixed(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            hash = (BitOperations.RotateLeft(hash, 13) * 5) + 0xe6546b64;
        }

        uint rest = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            rest = (rest << 8) | bytes[i];
        }

        hash ^= Mixed(rest);
        hash ^= (uint)length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    private static uint Mixed(uint block) => BitOperations.RotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
}
