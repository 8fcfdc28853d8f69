using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// <see cref="ResidualAdd"/> for sixteen values of each of four pixels. Needs AVX-512BW. It holds vectors, so it is a local variable of the loop that uses it.
/// </summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly ref struct ResidualAdd512(ResidualAdd add)
{
    private readonly Vector512<int> zeroPointB = Vector512.Create(add.ZeroPointB);

    private readonly Vector512<float> scaleA = Vector512.Create(add.ScaleA);

    private readonly Vector512<float> scaleB = Vector512.Create(add.ScaleB);

    private readonly QuadBytes512 bytes = new(add.ZeroPoint, add.Min, add.Max);

    /// <summary>
    /// Sums of four vectors, from which <c>ZeroPointA</c> is already subtracted, and four times sixteen bytes at <paramref name="b"/>, <paramref name="stride"/> bytes from
    /// one pixel to the next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<byte> Add(Vector512<float> a0, Vector512<float> a1, Vector512<float> a2, Vector512<float> a3, ref byte b, nint stride) => bytes.Pack(
        Vector512.FusedMultiplyAdd(a0, scaleA, Other(ref b)),
        Vector512.FusedMultiplyAdd(a1, scaleA, Other(ref Unsafe.Add(ref b, stride))),
        Vector512.FusedMultiplyAdd(a2, scaleA, Other(ref Unsafe.Add(ref b, 2 * stride))),
        Vector512.FusedMultiplyAdd(a3, scaleA, Other(ref Unsafe.Add(ref b, 3 * stride))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Other(ref byte bytes) =>
        Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref bytes)) - zeroPointB) * scaleB;
}
