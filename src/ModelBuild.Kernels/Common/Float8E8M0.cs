using System;

namespace ModelBuild.Kernels;

/// <summary>A power of two from 2^-127 to 2^127: the scales of the OCP microscaling formats. https://onnx.ai/onnx/technical/float8.html</summary>
/// <param name="Code">The exponent plus 127; 255 is NaN.</param>
internal readonly record struct Float8E8M0(byte Code) : INarrow<Float8E8M0>
{
    private const byte NaN = 255;

    public static float ToSingle(Float8E8M0 value) => value.Code switch
    {
        NaN => float.NaN,
        0 => BitConverter.Int32BitsToSingle(1 << 22),
        _ => BitConverter.Int32BitsToSingle(value.Code << 23),
    };

    public static Float8E8M0 FromSingle(float value, bool saturate) => Round(value, saturate, 0);

    /// <summary>The power of two for a number, whose sign does not matter.</summary>
    /// <param name="value">The number.</param>
    /// <param name="saturate">Whether what is too large becomes the largest power; NaN otherwise.</param>
    /// <param name="mode">0: the next larger power; 1: the next smaller one; 2: the nearer of the two, and the larger one in the middle.</param>
    public static Float8E8M0 Round(float value, bool saturate, int mode)
    {
        if (float.IsNaN(value))
        {
            return new Float8E8M0(NaN);
        }

        int bits = BitConverter.SingleToInt32Bits(value) & int.MaxValue;
        int exponent = bits >> 23;
        int fraction = bits & 0x7FFFFF;
        int code = exponent;
        if (exponent == 0)
        {
            // The smallest power is a subnormal number itself.
            code = fraction > 1 << 22 && (mode == 0 || (mode == 2 && fraction >= 3 << 21)) ? 1 : 0;
        }
        else if (exponent < NaN && fraction > 0 && (mode == 0 || (mode == 2 && fraction >= 1 << 22)))
        {
            code = exponent + 1;
        }

        return new Float8E8M0(code < NaN ? (byte)code : saturate ? (byte)(NaN - 1) : NaN);
    }
}
