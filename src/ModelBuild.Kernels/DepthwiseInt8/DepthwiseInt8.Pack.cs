using System;

namespace ModelBuild.Kernels;

/// <content>Build-time packing.</content>
internal static partial class DepthwiseInt8
{
    /// <summary>Bytes of the packed weights.</summary>
    public static int PackedLength(in DepthwiseShape shape) => DepthwiseInt8Layout.Length(shape);

    /// <summary>Length of bias and scales.</summary>
    public static int PackedOutputs(in DepthwiseShape shape) => DepthwiseInt8Layout.PaddedChannels(shape.Channels);

    /// <summary>Packs ONNX weights [Channels, 1, KernelHeight, KernelWidth] into <paramref name="packed"/>, <see cref="PackedLength"/> bytes.</summary>
    public static void Pack(ReadOnlySpan<sbyte> weights, Span<sbyte> packed, in DepthwiseShape shape)
    {
        packed[..PackedLength(shape)].Clear();
        for (int block = 0; block < DepthwiseInt8Layout.Blocks(shape.Channels); block++)
        {
            int first = DepthwiseInt8Layout.FirstChannel(block, shape.Channels);
            for (int lane = 0; lane < int.Min(shape.Channels, DepthwiseInt8Layout.BlockChannels); lane++)
            {
                for (int ky = 0; ky < shape.KernelHeight; ky++)
                {
                    for (int kx = 0; kx < shape.KernelWidth; kx++)
                    {
                        packed[DepthwiseInt8Layout.Offset(block, lane, ky, kx, shape)] =
                            weights[((((first + lane) * shape.KernelHeight) + ky) * shape.KernelWidth) + kx];
                    }
                }
            }
        }
    }

    /// <summary>Copies values per channel and pads them with zeros to <see cref="PackedOutputs"/>.</summary>
    public static void PackOutputs<T>(ReadOnlySpan<T> values, Span<T> packed, in DepthwiseShape shape)
    {
        packed[..PackedOutputs(shape)].Clear();
        values[..shape.Channels].CopyTo(packed);
    }
}
