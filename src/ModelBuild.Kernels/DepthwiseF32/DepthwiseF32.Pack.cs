using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>Packing of the constants, done when the model is compiled. The bias needs none.</content>
internal static partial class DepthwiseF32
{
    /// <summary>Channels whose weights are packed together: those of the widest vectors.</summary>
    public const int BlockChannels = 16;

    /// <summary>Blocks of channels, the last of which may be filled with zeros.</summary>
    public static int Blocks(in DepthwiseShape shape) => (shape.Channels + BlockChannels - 1) / BlockChannels;

    /// <summary>Floats of the packed weights.</summary>
    public static int PackedLength(in DepthwiseShape shape) => Blocks(shape) * shape.KernelHeight * shape.KernelWidth * BlockChannels;

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

    /// <summary>Where <paramref name="tap"/> of <paramref name="channel"/> is in the packed weights of filters of <paramref name="taps"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint PackedOffset(int taps, int tap, int channel) =>
        ((nint)(channel & -BlockChannels) * taps) + (tap * BlockChannels) + (channel & (BlockChannels - 1));
}
