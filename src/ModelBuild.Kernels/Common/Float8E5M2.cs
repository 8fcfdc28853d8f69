namespace ModelBuild.Kernels;

/// <summary>An 8-bit float: 5 bits of exponent and 2 of mantissa. See <see cref="MiniFloat"/>.</summary>
/// <param name="Code">The bits.</param>
internal readonly record struct Float8E5M2(byte Code) : INarrow<Float8E5M2>
{
    private static readonly MiniFloat Format = new(Bits: 8, Mantissa: 2, Bias: 15, Largest: 57344f, NaN: 0x7E, Infinity: 0x7C, IsUnsignedZero: false);

    public static float ToSingle(Float8E5M2 value) => Format.Decode(value.Code);

    public static Float8E5M2 FromSingle(float value, bool saturate) => new((byte)Format.Encode(value, saturate));
}
