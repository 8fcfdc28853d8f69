using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// <see cref="RoundU8"/> for sixteen values of each of four pixels, which share the narrowing: <see cref="Requantize.Quantize"/> of all 64. Needs AVX-512BW. It holds
/// vectors, so it is a local variable of the loop that uses it.
/// </summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly ref struct QuadBytes512(int zeroPoint, int min, int max)
{
    private readonly Vector512<float> top = Vector512.Create((float)(max - zeroPoint));
    private readonly Vector512<short> zeroPoint = Vector512.Create((short)zeroPoint);
    private readonly Vector512<byte> min = Vector512.Create((byte)min);

    /// <summary>Where the narrowing, which works within 128-bit parts, leaves the four groups of four values of each pixel.</summary>
    private readonly Vector512<int> order = Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);

    /// <summary>The bytes of four pixels, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<byte> Pack(Vector512<float> pixel0, Vector512<float> pixel1, Vector512<float> pixel2, Vector512<float> pixel3)
    {
        Vector512<short> words01 = Avx512BW.PackSignedSaturate(Round(pixel0), Round(pixel1));
        Vector512<short> words23 = Avx512BW.PackSignedSaturate(Round(pixel2), Round(pixel3));
        Vector512<byte> bytes = Avx512BW.PackUnsignedSaturate(Avx512BW.AddSaturate(words01, zeroPoint), Avx512BW.AddSaturate(words23, zeroPoint));
        return Vector512.Max(Avx512F.PermuteVar16x32(bytes.AsInt32(), order).AsByte(), min);
    }

    /// <summary>Stores four pixels of sixteen bytes, <paramref name="stride"/> bytes from one to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<byte> pixels, ref byte target, nint stride)
    {
        if (stride == Vector128<byte>.Count)
        {
            pixels.StoreUnsafe(ref target);
        }
        else
        {
            pixels.GetLower().GetLower().StoreUnsafe(ref target);
            pixels.GetLower().GetUpper().StoreUnsafe(ref Unsafe.Add(ref target, stride));
            pixels.GetUpper().GetLower().StoreUnsafe(ref Unsafe.Add(ref target, 2 * stride));
            pixels.GetUpper().GetUpper().StoreUnsafe(ref Unsafe.Add(ref target, 3 * stride));
        }
    }

    /// <summary>As in <see cref="RoundU8"/>: MINPS returns its second operand for NaN, and what is no int32 becomes the smallest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<int> Round(Vector512<float> value) => Avx512F.ConvertToVector512Int32(Avx512F.Min(top, value));
}
