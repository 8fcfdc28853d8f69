namespace ModelBuild.Kernels;

/// <summary>
/// Zero point and bounds of <see cref="RoundU8"/> in the form that its vectors want: each is 32 bits, which a load repeats for all lanes, so that a loop need not
/// keep them in registers.
/// </summary>
internal readonly struct RoundU8Bounds(int zeroPoint, int min, int max)
{
    /// <summary>The upper bound before the zero point is added.</summary>
    public readonly float Top = max - zeroPoint;

    /// <summary>The zero point as two words.</summary>
    public readonly int ZeroPoints = zeroPoint * 0x0001_0001;

    /// <summary>The lower bound as four bytes.</summary>
    public readonly uint Mins = (uint)min * 0x0101_0101;
}
