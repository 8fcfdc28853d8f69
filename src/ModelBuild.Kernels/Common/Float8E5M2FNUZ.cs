namespace ModelBuild.Kernels;

/// <summary>An 8-bit float: 5 bits of exponent and 2 of mantissa, no infinity and no negative zero. See <see cref="MiniFloat"/>.</summary>
/// <param name="Code">The bits.</param>
internal readonly record struct Float8E5M2FNUZ(byte Code) : INarrow<Float8E5M2FNUZ>
{
    private static readonly MiniFloat Format = new(Bits: 8, Mantissa: 2, Bias: 16, Largest: 57344f, NaN: 0x80, Infinity: -1, IsUnsignedZero: true);

    public static float ToSingle(Float8E5M2FNUZ value) => Format.Decode(value.Code);

    public static Float8E5M2FNUZ FromSingle(float value, bool saturate) => new((byte)Format.Encode(value, saturate));
}
