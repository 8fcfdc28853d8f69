using System;

namespace ModelBuild.Kernels;

/// <content>Packing of the constants, done when the model is compiled. The bias needs none.</content>
internal static partial class DepthwiseF32
{
    /// <summary>
    /// Packs <paramref name="weights"/> [Channels, 1, KernelHeight, KernelWidth], the order of ONNX, as [block][tap][channel] in blocks of sixteen channels, the last of which ends
    /// with zeros. A vector of channels finds all its taps in one place, at distances that are known to the JIT.
    /// </summary>
    public static void Pack(ReadOnlySpan<float> weights, in DepthwiseShape shape, Span<float> packed)
    {
        packed.Clear();
        int taps = shape.KernelHeight * shape.KernelWidth;
        for (int c = 0; c < shape.Channels; c++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                packed[(int)PackedOffset(taps, tap, c)] = weights[(c * taps) + tap];
            }
        }
    }
}
