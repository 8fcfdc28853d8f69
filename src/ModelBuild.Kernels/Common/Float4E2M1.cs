namespace ModelBuild.Kernels;

/// <summary>A 4-bit float: 2 bits of exponent and 1 of mantissa, in the lower half of the byte; only numbers. See <see cref="MiniFloat"/>.</summary>
/// <param name="Code">The bits.</param>
internal readonly record struct Float4E2M1(byte Code) : INarrow<Float4E2M1>
{
    private static readonly MiniFloat Format = new(Bits: 4, Mantissa: 1, Bias: 1, Largest: 6f, NaN: -1, Infinity: -1, IsUnsignedZero: false);

    public static float ToSingle(Float4E2M1 value) => Format.Decode(value.Code);

    public static Float4E2M1 FromSingle(float value, bool saturate) => new((byte)Format.Encode(value, saturate));
}
