using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary><see cref="ResidualAdd"/> on vectors of bytes.</summary>
internal static class ResidualAddLanes
{
    /// <summary>Sixteen sums; needs AVX2 and FMA. <paramref name="bounds"/> are those of <paramref name="add"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Add16(Vector128<byte> a, Vector128<byte> b, in ResidualAdd add, in RoundU8Bounds bounds)
    {
        Vector256<float> low = Sum(Avx2.ConvertToVector256Int32(a), Avx2.ConvertToVector256Int32(b), add);
        Vector256<float> high = Sum(
            Avx2.ConvertToVector256Int32(Vector128.Create(a.GetUpper(), a.GetUpper())),
            Avx2.ConvertToVector256Int32(Vector128.Create(b.GetUpper(), b.GetUpper())),
            add);
        return RoundU8.Pack(low, high, bounds);
    }

    /// <summary>Eight sums of the low halves, in the low half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Add8(Vector128<byte> a, Vector128<byte> b, in ResidualAdd add)
    {
        Vector128<short> wideA = Vector128.WidenLower(a).AsInt16();
        Vector128<short> wideB = Vector128.WidenLower(b).AsInt16();
        Vector128<float> low = Sum(Vector128.WidenLower(wideA), Vector128.WidenLower(wideB), add);
        Vector128<float> high = Sum(Vector128.WidenUpper(wideA), Vector128.WidenUpper(wideB), add);
        return RoundU8.Pack(low, high, add.ZeroPoint, add.Min, add.Max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum(Vector256<int> a, Vector256<int> b, in ResidualAdd add)
    {
        Vector256<float> x = Vector256.ConvertToSingle(a - Vector256.Create(add.ZeroPointA));
        Vector256<float> y = Vector256.ConvertToSingle(b - Vector256.Create(add.ZeroPointB)) * Vector256.Create(add.ScaleB);
        return Vector256.FusedMultiplyAdd(x, Vector256.Create(add.ScaleA), y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sum(Vector128<int> a, Vector128<int> b, in ResidualAdd add)
    {
        Vector128<float> x = Vector128.ConvertToSingle(a - Vector128.Create(add.ZeroPointA));
        Vector128<float> y = Vector128.ConvertToSingle(b - Vector128.Create(add.ZeroPointB)) * Vector128.Create(add.ScaleB);
        return Vector128.FusedMultiplyAdd(x, Vector128.Create(add.ScaleA), y);
    }
}
