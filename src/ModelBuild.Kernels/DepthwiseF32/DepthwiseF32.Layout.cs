using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>Where the packed weights are.</content>
internal static partial class DepthwiseF32
{
    /// <summary>Channels whose weights are packed together: those of the widest vectors.</summary>
    public const int BlockChannels = 16;

    /// <summary>Blocks of channels, the last of which may be filled with zeros.</summary>
    public static int Blocks(in DepthwiseShape shape) => (shape.Channels + BlockChannels - 1) / BlockChannels;

    /// <summary>Floats of the packed weights.</summary>
    public static int PackedLength(in DepthwiseShape shape) => Blocks(shape) * shape.KernelHeight * shape.KernelWidth * BlockChannels;

    /// <summary>Where <paramref name="tap"/> of <paramref name="channel"/> is in the packed weights of filters of <paramref name="taps"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint PackedOffset(int taps, int tap, int channel) =>
        ((nint)(channel & -BlockChannels) * taps) + (tap * BlockChannels) + (channel & (BlockChannels - 1));
}
