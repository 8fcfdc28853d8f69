using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Zero point and bounds of <see cref="RoundU8"/> as vectors: a loop uses them as memory operands instead of making them of numbers each time.</summary>
internal readonly struct RoundU8Bounds(int zeroPoint, int min, int max)
{
    /// <summary>The upper bound before the zero point is added.</summary>
    public readonly Vector256<float> Top = Vector256.Create((float)(max - zeroPoint));

    public readonly Vector256<short> ZeroPoint = Vector256.Create((short)zeroPoint);

    /// <summary>The lower bound.</summary>
    public readonly Vector128<byte> Min = Vector128.Create((byte)min);
}
