namespace ModelBuild.Kernels;

/// <summary>An 8-bit float: 4 bits of exponent and 3 of mantissa, no infinity and no negative zero. See <see cref="MiniFloat"/>.</summary>
/// <param name="Code">The bits.</param>
internal readonly record struct Float8E4M3FNUZ(byte Code) : INarrow<Float8E4M3FNUZ>
{
    private static readonly MiniFloat Format = new(Bits: 8, Mantissa: 3, Bias: 8, Largest: 240f, NaN: 0x80, Infinity: -1, IsUnsignedZero: true);

    public static float ToSingle(Float8E4M3FNUZ value) => Format.Decode(value.Code);

    public static Float8E4M3FNUZ FromSingle(float value, bool saturate) => new((byte)Format.Encode(value, saturate));
}
