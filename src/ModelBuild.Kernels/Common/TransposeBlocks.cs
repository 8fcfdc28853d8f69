using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// Square blocks of a matrix, transposed in registers: <c>y[i * toStride + k] = x[i + k * fromStride]</c>. Rows whose numbers differ by half a block are zipped, low and high
/// halves apart, as often as it takes to bring each element of a column next to the others: the perfect shuffle. Elements are moved as integers, so that no bit changes.
/// </summary>
internal static class TransposeBlocks
{
    /// <summary>Whether this CPU zips vectors in one instruction.</summary>
    public static bool CanZip
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;
    }

    /// <summary>8x8 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Bytes(ref byte x, nint fromStride, ref byte y, nint toStride)
    {
        Vector128<byte> r0 = Half(ref x), r1 = Half(ref Unsafe.Add(ref x, fromStride)), r2 = Half(ref Unsafe.Add(ref x, 2 * fromStride)), r3 = Half(ref Unsafe.Add(ref x, 3 * fromStride));
        x = ref Unsafe.Add(ref x, 4 * fromStride);
        r0 = ZipLow(r0, Half(ref x));
        r1 = ZipLow(r1, Half(ref Unsafe.Add(ref x, fromStride)));
        r2 = ZipLow(r2, Half(ref Unsafe.Add(ref x, 2 * fromStride)));
        r3 = ZipLow(r3, Half(ref Unsafe.Add(ref x, 3 * fromStride)));

        // Rows 0, 2, 4, 6 and 1, 3, 5, 7 of columns 0 to 3 and 4 to 7.
        Vector128<byte> even0 = ZipLow(r0, r2), even4 = ZipHigh(r0, r2), odd0 = ZipLow(r1, r3), odd4 = ZipHigh(r1, r3);
        StoreHalves(ZipLow(even0, odd0), ref y, toStride);
        StoreHalves(ZipHigh(even0, odd0), ref Unsafe.Add(ref y, 2 * toStride), toStride);
        StoreHalves(ZipLow(even4, odd4), ref Unsafe.Add(ref y, 4 * toStride), toStride);
        StoreHalves(ZipHigh(even4, odd4), ref Unsafe.Add(ref y, 6 * toStride), toStride);
    }

    /// <summary>8x8 2-byte elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Words(ref ushort x, nint fromStride, ref ushort y, nint toStride)
    {
        Vector128<ushort> r0 = Vector128.LoadUnsafe(ref x), r1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, fromStride));
        Vector128<ushort> r2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 2 * fromStride)), r3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 3 * fromStride));
        x = ref Unsafe.Add(ref x, 4 * fromStride);
        Vector128<ushort> r4 = Vector128.LoadUnsafe(ref x), r5 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, fromStride));
        Vector128<ushort> r6 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 2 * fromStride)), r7 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 3 * fromStride));
        (r0, r4) = (ZipLow(r0, r4), ZipHigh(r0, r4));
        (r1, r5) = (ZipLow(r1, r5), ZipHigh(r1, r5));
        (r2, r6) = (ZipLow(r2, r6), ZipHigh(r2, r6));
        (r3, r7) = (ZipLow(r3, r7), ZipHigh(r3, r7));

        // r0 to r3 hold columns 0 to 3 of two rows each, r4 to r7 columns 4 to 7.
        (r0, r2) = (ZipLow(r0, r2), ZipHigh(r0, r2));
        (r1, r3) = (ZipLow(r1, r3), ZipHigh(r1, r3));
        (r4, r6) = (ZipLow(r4, r6), ZipHigh(r4, r6));
        (r5, r7) = (ZipLow(r5, r7), ZipHigh(r5, r7));
        ZipLow(r0, r1).StoreUnsafe(ref y);
        ZipHigh(r0, r1).StoreUnsafe(ref Unsafe.Add(ref y, toStride));
        ZipLow(r2, r3).StoreUnsafe(ref Unsafe.Add(ref y, 2 * toStride));
        ZipHigh(r2, r3).StoreUnsafe(ref Unsafe.Add(ref y, 3 * toStride));
        y = ref Unsafe.Add(ref y, 4 * toStride);
        ZipLow(r4, r5).StoreUnsafe(ref y);
        ZipHigh(r4, r5).StoreUnsafe(ref Unsafe.Add(ref y, toStride));
        ZipLow(r6, r7).StoreUnsafe(ref Unsafe.Add(ref y, 2 * toStride));
        ZipHigh(r6, r7).StoreUnsafe(ref Unsafe.Add(ref y, 3 * toStride));
    }

    /// <summary>4x4 4-byte elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Quads(ref uint x, nint fromStride, ref uint y, nint toStride)
    {
        Vector128<uint> r0 = Vector128.LoadUnsafe(ref x), r1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, fromStride));
        Vector128<uint> r2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 2 * fromStride)), r3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 3 * fromStride));
        (r0, r2) = (ZipLow(r0, r2), ZipHigh(r0, r2));
        (r1, r3) = (ZipLow(r1, r3), ZipHigh(r1, r3));
        ZipLow(r0, r1).StoreUnsafe(ref y);
        ZipHigh(r0, r1).StoreUnsafe(ref Unsafe.Add(ref y, toStride));
        ZipLow(r2, r3).StoreUnsafe(ref Unsafe.Add(ref y, 2 * toStride));
        ZipHigh(r2, r3).StoreUnsafe(ref Unsafe.Add(ref y, 3 * toStride));
    }

    /// <summary>8x8 4-byte elements on AVX2: rows 0 to 3 are the low halves of vectors, rows 4 to 7 the high ones, and what zips work on are the halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Quads256(ref uint x, nint fromStride, ref uint y, nint toStride)
    {
        ref uint below = ref Unsafe.Add(ref x, 4 * fromStride);
        Quads256(ref x, ref below, fromStride, ref y, toStride);
        Quads256(ref Unsafe.Add(ref x, 4), ref Unsafe.Add(ref below, 4), fromStride, ref Unsafe.Add(ref y, 4 * toStride), toStride);
    }

    // Four columns of eight rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quads256(ref uint x, ref uint below, nint fromStride, ref uint y, nint toStride)
    {
        Vector256<uint> r0 = Vector256.Create(Vector128.LoadUnsafe(ref x), Vector128.LoadUnsafe(ref below));
        Vector256<uint> r1 = Vector256.Create(Vector128.LoadUnsafe(ref Unsafe.Add(ref x, fromStride)), Vector128.LoadUnsafe(ref Unsafe.Add(ref below, fromStride)));
        Vector256<uint> r2 = Vector256.Create(Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 2 * fromStride)), Vector128.LoadUnsafe(ref Unsafe.Add(ref below, 2 * fromStride)));
        Vector256<uint> r3 = Vector256.Create(Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 3 * fromStride)), Vector128.LoadUnsafe(ref Unsafe.Add(ref below, 3 * fromStride)));
        (r0, r2) = (Avx2.UnpackLow(r0, r2), Avx2.UnpackHigh(r0, r2));
        (r1, r3) = (Avx2.UnpackLow(r1, r3), Avx2.UnpackHigh(r1, r3));
        Avx2.UnpackLow(r0, r1).StoreUnsafe(ref y);
        Avx2.UnpackHigh(r0, r1).StoreUnsafe(ref Unsafe.Add(ref y, toStride));
        Avx2.UnpackLow(r2, r3).StoreUnsafe(ref Unsafe.Add(ref y, 2 * toStride));
        Avx2.UnpackHigh(r2, r3).StoreUnsafe(ref Unsafe.Add(ref y, 3 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Half(ref byte x) => Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref x)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector128<byte> rows, ref byte y, nint stride)
    {
        Unsafe.WriteUnaligned(ref y, rows.AsUInt64().ToScalar());
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref y, stride), rows.AsUInt64().GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipLow(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipHigh(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> ZipLow(Vector128<ushort> a, Vector128<ushort> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> ZipHigh(Vector128<ushort> a, Vector128<ushort> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> ZipLow(Vector128<uint> a, Vector128<uint> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> ZipHigh(Vector128<uint> a, Vector128<uint> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
