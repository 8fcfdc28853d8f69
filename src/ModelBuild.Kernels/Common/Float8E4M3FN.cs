namespace ModelBuild.Kernels;

/// <summary>An 8-bit float: 4 bits of exponent and 3 of mantissa, no infinity. See <see cref="MiniFloat"/>.</summary>
/// <param name="Code">The bits.</param>
internal readonly record struct Float8E4M3FN(byte Code) : INarrow<Float8E4M3FN>
{
    private static readonly MiniFloat Format = new(Bits: 8, Mantissa: 3, Bias: 7, Largest: 448f, NaN: 0x7F, Infinity: -1, IsUnsignedZero: false);

    public static float ToSingle(Float8E4M3FN value) => Format.Decode(value.Code);

    public static Float8E4M3FN FromSingle(float value, bool saturate) => new((byte)Format.Encode(value, saturate));
}
