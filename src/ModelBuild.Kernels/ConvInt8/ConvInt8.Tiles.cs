using System;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>A convolution as pixels that read taps.</content>
internal static partial class ConvInt8
{
    private static int OutputLength(int batch, in ConvShape shape) => batch * shape.OutputHeight * shape.OutputWidth * shape.OutputChannels;

    /// <summary>
    /// Runs the groups one after the other. Slicing checks once that all operands are long enough; the tiles do not. That the geometry stays within the padded
    /// input, <c>(OutputHeight - 1) * StrideY + (KernelHeight - 1) * DilationY &lt; InputHeight</c> and likewise for the width, is the caller's promise.
    /// </summary>
    private static void Tiles<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        in TileInt8Operands operands,
        in TOutput output,
        int batch,
        in ConvShape shape)
        where TOutput : struct, ITileInt8Output<Vector256<int>>, ITileInt8Output<Vector128<int>>
    {
        int lineBytes = shape.InputWidth * shape.InputChannels;
        int groupInputs = shape.InputChannels / shape.Groups;
        int groupOutputs = shape.OutputChannels / shape.Groups;
        ConvInt8Taps taps = ConvInt8Taps.Of(shape);
        var pixels = new TileInt8Shape(
            Images: batch,
            Lines: shape.OutputHeight,
            Pixels: shape.OutputWidth,
            ImageStride: shape.InputHeight * lineBytes,
            LineStride: shape.StrideY * lineBytes,
            PixelStride: shape.StrideX * shape.InputChannels,
            TapsY: taps.TapsY,
            TapsX: taps.TapsX,
            TapStrideY: shape.DilationY * lineBytes,
            TapStrideX: shape.DilationX * shape.InputChannels,
            InnerK: taps.InnerK,
            Outputs: groupOutputs,
            OutputStride: shape.OutputChannels);

        ReadOnlySpan<byte> input = x[..(batch * pixels.ImageStride)];
        int groupLength = taps.PackedGroupLength(shape);
        int groupColumns = ConvInt8Taps.PackedGroupOutputs(shape);
        for (int group = 0; group < shape.Groups; group++)
        {
            TileInt8.RunOn(
                isa,
                input[(group * groupInputs)..],
                weights.Slice(group * groupLength, groupLength),
                bias,
                operands,
                output,
                pixels,
                firstOutput: group * groupOutputs,
                firstColumn: group * groupColumns);
        }
    }
}
