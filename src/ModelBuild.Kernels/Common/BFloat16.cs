using System;

namespace ModelBuild.Kernels;

/// <summary>The upper half of a 32-bit float: https://onnx.ai/onnx/api/mapping.html</summary>
/// <param name="Bits">Sign, 8 bits of exponent, 7 of mantissa.</param>
internal readonly record struct BFloat16(ushort Bits) : INarrow<BFloat16>
{
    public static float ToSingle(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << 16);

    public static BFloat16 FromSingle(float value, bool saturate)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
        {
            return new BFloat16((ushort)((bits >> 16) | 0x40));
        }

        return new BFloat16((ushort)(unchecked(bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    public override string ToString() => ToSingle(this).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
