using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// The bytes of a <see cref="Requantize"/>, less the value that stands for zero to the next operator, as floats: what <see cref="RoundU8"/> and a conversion back
/// would give, for arithmetic that goes on. Needs AVX2.
/// </summary>
internal readonly struct RoundedBytes(Requantize requantize, int zeroPoint)
{
    /// <summary>1.5 * 2^23: a float of magnitude below 2^22 to which it is added, and from which it is subtracted again, is rounded half to even.</summary>
    private const float RoundingShift = 12582912f;

    private readonly Vector256<float> top = Vector256.Create((float)(requantize.Max - requantize.ZeroPoint));

    private readonly Vector256<float> bottom = Vector256.Create((float)(requantize.Min - requantize.ZeroPoint));

    private readonly Vector256<float> up = Vector256.Create(RoundingShift);

    private readonly Vector256<float> down = Vector256.Create(RoundingShift - (requantize.ZeroPoint - zeroPoint));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Of(Vector256<float> value)
    {
        // MINPS and MAXPS return their second operand for NaN, which becomes the lower bound.
        return Avx.Max(Avx.Min(top, value), bottom) + up - down;
    }
}
