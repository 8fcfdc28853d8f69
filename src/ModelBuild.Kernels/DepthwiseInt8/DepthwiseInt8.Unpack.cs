using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <content>Interleaving, within each 128-bit half of a 256-bit vector.</content>
internal static partial class DepthwiseInt8
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> UnpackLow(Vector256<byte> a, Vector256<byte> b) => Avx2.UnpackLow(a, b).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> UnpackHigh(Vector256<byte> a, Vector256<byte> b) => Avx2.UnpackHigh(a, b).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> UnpackLow(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackLow(a, b).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> UnpackHigh(Vector256<ushort> a, Vector256<ushort> b) => Avx2.UnpackHigh(a, b).AsByte();

    /// <summary>The bytes of the low halves in turn, as words: a is the low byte of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> ZipLow(Vector128<byte> a, Vector128<byte> b) =>
        Vector128.WidenLower(a) | Vector128.ShiftLeft(Vector128.WidenLower(b), 8);

    /// <summary>The bytes of the high halves in turn, as words: a is the low byte of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> ZipHigh(Vector128<byte> a, Vector128<byte> b) =>
        Vector128.WidenUpper(a) | Vector128.ShiftLeft(Vector128.WidenUpper(b), 8);

    /// <summary>The words of the low halves in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipLow(Vector128<ushort> a, Vector128<ushort> b) =>
        (Vector128.WidenLower(a) | Vector128.ShiftLeft(Vector128.WidenLower(b), 16)).AsByte();

    /// <summary>The words of the high halves in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipHigh(Vector128<ushort> a, Vector128<ushort> b) =>
        (Vector128.WidenUpper(a) | Vector128.ShiftLeft(Vector128.WidenUpper(b), 16)).AsByte();
}
