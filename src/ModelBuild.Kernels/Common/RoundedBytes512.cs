using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary><see cref="RoundedBytes"/> for sixteen values. Needs AVX-512. It holds vectors, so it is a local variable of the loop that uses it.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly ref struct RoundedBytes512(Requantize requantize, int zeroPoint)
{
    /// <summary>1.5 * 2^23, as in <see cref="RoundedBytes"/>.</summary>
    private const float RoundingShift = 12582912f;

    private readonly Vector512<float> top = Vector512.Create((float)(requantize.Max - requantize.ZeroPoint));

    private readonly Vector512<float> bottom = Vector512.Create((float)(requantize.Min - requantize.ZeroPoint));

    private readonly Vector512<float> up = Vector512.Create(RoundingShift);

    private readonly Vector512<float> down = Vector512.Create(RoundingShift - (requantize.ZeroPoint - zeroPoint));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Of(Vector512<float> value) => Avx512F.Max(Avx512F.Min(top, value), bottom) + up - down;
}
