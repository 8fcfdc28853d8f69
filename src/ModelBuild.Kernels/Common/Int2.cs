namespace ModelBuild.Kernels;

/// <summary>A signed integer of 2 bits, in a byte of its own.</summary>
/// <param name="Value">-2 to 1.</param>
internal readonly record struct Int2(sbyte Value) : INarrowInteger<Int2>
{
    public static float ToSingle(Int2 value) => value.Value;

    // The low bits stay, as with integers of other sizes.
    public static Int2 FromSingle(float value, bool saturate) => FromBits((int)value);

    public static Int2 FromBits(int bits) => new((sbyte)(unchecked(bits << 30) >> 30));
}
