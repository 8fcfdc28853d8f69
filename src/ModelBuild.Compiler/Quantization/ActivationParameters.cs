using System;

namespace ModelBuild.Compiler.Quantization;

/// <summary>Scale and zero point of a tensor of unsigned 8-bit values: x = (q - ZeroPoint) * Scale.</summary>
internal readonly record struct ActivationParameters(float Scale, byte ZeroPoint)
{
    /// <summary>Parameters for a range, which is widened to hold 0: padding and the output of Relu must be exact.</summary>
    public static ActivationParameters Of(float min, float max)
    {
        double low = Math.Min(min, 0);
        double high = Math.Max(max, 0);
        var scale = (float)((high - low) / byte.MaxValue);
        return scale == 0 || !float.IsFinite(scale)
            ? new ActivationParameters(1, 0)
            : new ActivationParameters(scale, (byte)Math.Clamp(Math.Round(-low / scale, MidpointRounding.ToEven), byte.MinValue, byte.MaxValue));
    }
}
