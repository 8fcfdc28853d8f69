namespace ModelBuild.Kernels;

/// <summary>The layout of a 32-bit float, as the vector types take it apart.</summary>
internal static class FloatBits
{
    /// <summary>Bits of the fraction field; the exponent field starts above them.</summary>
    public const int FractionBits = 23;

    /// <summary>The fraction field.</summary>
    public const int FractionMask = (1 << FractionBits) - 1;

    /// <summary>The bits of the float next to sqrt(1/2).</summary>
    public const int SqrtHalf = 0x3F3504F3;

    /// <summary>
    /// 1.5 * 2^23 + 127. Adding it to an integer n of -127 to 128 gives a float whose lowest nine bits are n + 127, which is the exponent field of 2^n.
    /// </summary>
    public const float ExponentShifter = 12583039f;

    /// <summary>
    /// What a power of two is raised by so that those that give a denormal or half the least of them, from 2^-150 on, are normal floats, and 2^-151, which gives 0, becomes the
    /// exponent field 0.
    /// </summary>
    public const float DenormalBits = 24f;

    /// <summary>Takes <see cref="DenormalBits"/> back: 2^-24.</summary>
    public const float DenormalScale = 5.9604645e-08f;
}
