namespace ModelBuild.Kernels;

/// <summary>An unsigned integer of 4 bits, in a byte of its own.</summary>
/// <param name="Value">0 to 15.</param>
internal readonly record struct UInt4(byte Value) : INarrowInteger<UInt4>
{
    public static float ToSingle(UInt4 value) => value.Value;

    // The low bits stay, as with integers of other sizes.
    public static UInt4 FromSingle(float value, bool saturate) => FromBits((int)value);

    public static UInt4 FromBits(int bits) => new((byte)(bits & 15));
}
