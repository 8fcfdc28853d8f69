using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary><see cref="ResidualAdd"/> on 128-bit vectors.</summary>
internal static class ResidualAddLanes
{
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
    private static Vector128<float> Sum(Vector128<int> a, Vector128<int> b, in ResidualAdd add)
    {
        Vector128<float> x = Vector128.ConvertToSingle(a - Vector128.Create(add.ZeroPointA));
        Vector128<float> y = Vector128.ConvertToSingle(b - Vector128.Create(add.ZeroPointB)) * Vector128.Create(add.ScaleB);
        return Vector128.FusedMultiplyAdd(x, Vector128.Create(add.ScaleA), y);
    }
}
