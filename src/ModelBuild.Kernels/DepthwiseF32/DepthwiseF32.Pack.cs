using System;

namespace ModelBuild.Kernels;

/// <content>Packing of the constants, done when the model is compiled. The bias needs none.</content>
internal static partial class DepthwiseF32
{
    /// <summary>Floats of the packed weights.</summary>
    public static int PackedLength(in DepthwiseShape shape) => shape.KernelHeight * shape.KernelWidth * shape.Channels;

    /// <summary>Packs <paramref name="weights"/> [Channels, 1, KernelHeight, KernelWidth], the order of ONNX.</summary>
    public static void Pack(ReadOnlySpan<float> weights, in DepthwiseShape shape, Span<float> packed)
    {
        int taps = shape.KernelHeight * shape.KernelWidth;
        for (int c = 0; c < shape.Channels; c++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                packed[(tap * shape.Channels) + c] = weights[(c * taps) + tap];
            }
        }
    }
}
