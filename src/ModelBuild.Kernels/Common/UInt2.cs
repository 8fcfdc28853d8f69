namespace ModelBuild.Kernels;

/// <summary>An unsigned integer of 2 bits, in a byte of its own.</summary>
/// <param name="Value">0 to 3.</param>
internal readonly record struct UInt2(byte Value) : INarrowInteger<UInt2>
{
    public static float ToSingle(UInt2 value) => value.Value;

    // The low bits stay, as with integers of other sizes.
    public static UInt2 FromSingle(float value, bool saturate) => FromBits((int)value);

    public static UInt2 FromBits(int bits) => new((byte)(bits & 3));
}
