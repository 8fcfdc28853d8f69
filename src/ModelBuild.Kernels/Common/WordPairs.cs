using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Words in pairs, which is how they are multiplied.</summary>
/// <remarks>
/// The constants are byte shuffles that make words of four packed weights: within each 32-bit lane, bytes 0 and 1 (or 2 and 3) go to the upper halves of its two words. The
/// lower halves get zero, which an index with the top bit set stands for. Each shuffle is written as the two halves of 128 bits, lowest byte first.
/// </remarks>
internal static class WordPairs
{
    public const ulong FirstLow = 0x05_80_04_80_01_80_00_80;
    public const ulong FirstHigh = 0x0D_80_0C_80_09_80_08_80;
    public const ulong SecondLow = 0x07_80_06_80_03_80_02_80;
    public const ulong SecondHigh = 0x0F_80_0E_80_0B_80_0A_80;

    /// <summary>Per 32-bit lane: low half times low half plus high half times high half, all signed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAdd(Vector128<short> a, Vector128<short> b)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(a, b);
        }

        Vector128<int> x = a.AsInt32();
        Vector128<int> y = b.AsInt32();
        Vector128<int> low = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(x, 16), 16) * Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(y, 16), 16);
        Vector128<int> high = Vector128.ShiftRightArithmetic(x, 16) * Vector128.ShiftRightArithmetic(y, 16);
        return low + high;
    }

    /// <summary>Sixteen times four bytes, <c>[16][4]</c>, as words in pairs: <c>[2][16][2]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Widen(ref sbyte bytes, ref short words)
    {
        for (int i = 0; i < 16; i += 4)
        {
            Vector128<sbyte> four = Vector128.LoadUnsafe(ref bytes, (nuint)(4 * i));
            Vector128<sbyte> pairs = Vector128.Shuffle(four, Vector128.Create(0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15));
            (Vector128<short> first, Vector128<short> second) = Vector128.Widen(pairs);
            first.StoreUnsafe(ref words, (nuint)(2 * i));
            second.StoreUnsafe(ref words, (nuint)(32 + (2 * i)));
        }
    }
}
