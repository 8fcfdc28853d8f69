using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary><see cref="ResidualAdd"/> on sixteen values, with its numbers as vectors: a loop uses them as memory operands. Needs AVX2 and FMA.</summary>
internal readonly struct ResidualAddVectors(ResidualAdd add)
{
    private readonly Vector256<int> zeroPointA = Vector256.Create(add.ZeroPointA);

    private readonly Vector256<int> zeroPointB = Vector256.Create(add.ZeroPointB);

    private readonly Vector256<float> scaleA = Vector256.Create(add.ScaleA);

    private readonly Vector256<float> scaleB = Vector256.Create(add.ScaleB);

    private readonly RoundU8Bounds bounds = new(add.ZeroPoint, add.Min, add.Max);

    /// <summary>Sums of sixteen bytes at <paramref name="a"/> and at <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<byte> Add(ref byte a, ref byte b) => Add(Minus(ref a, zeroPointA), Minus(ref Unsafe.Add(ref a, 8), zeroPointA), ref b);

    /// <summary>Sums of two vectors, from which <c>ZeroPointA</c> is already subtracted, and sixteen bytes at <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<byte> Add(Vector256<float> lowA, Vector256<float> highA, ref byte b)
    {
        Vector256<float> low = Vector256.FusedMultiplyAdd(lowA, scaleA, Minus(ref b, zeroPointB) * scaleB);
        Vector256<float> high = Vector256.FusedMultiplyAdd(highA, scaleA, Minus(ref Unsafe.Add(ref b, 8), zeroPointB) * scaleB);
        return RoundU8.Pack(low, high, bounds);
    }

    /// <summary>Eight bytes less a zero point. They are loaded as a number: half of a vector of sixteen would go through memory once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Minus(ref byte bytes, Vector256<int> zeroPoint) => Vector256.ConvertToSingle(
        Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref bytes)).AsByte()) - zeroPoint);
}
