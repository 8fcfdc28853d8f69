namespace ModelBuild.Kernels;

/// <summary>A signed integer of 4 bits, in a byte of its own.</summary>
/// <param name="Value">-8 to 7.</param>
internal readonly record struct Int4(sbyte Value) : INarrowInteger<Int4>
{
    public static float ToSingle(Int4 value) => value.Value;

    // The low bits stay, as with integers of other sizes.
    public static Int4 FromSingle(float value, bool saturate) => FromBits((int)value);

    public static Int4 FromBits(int bits) => new((sbyte)(unchecked(bits << 28) >> 28));
}
