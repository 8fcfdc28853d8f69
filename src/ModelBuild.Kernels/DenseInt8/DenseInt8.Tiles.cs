using System;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>A fully connected layer as one line of pixels with one tap.</content>
internal static partial class DenseInt8
{
    /// <summary>Slicing checks once that all operands are long enough; the tiles do not.</summary>
    private static void Tiles<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        in TileInt8Operands operands,
        in TOutput output,
        int rows,
        in DenseShape shape)
        where TOutput : struct, ITileInt8Output<Vector256<int>>, ITileInt8Output<Vector128<int>>
    {
        var line = new TileInt8Shape(
            Images: 1,
            Lines: 1,
            Pixels: rows,
            ImageStride: 0,
            LineStride: 0,
            PixelStride: shape.Inputs,
            TapsY: 1,
            TapsX: 1,
            TapStrideY: 0,
            TapStrideX: 0,
            InnerK: shape.Inputs,
            Outputs: shape.Outputs,
            OutputStride: shape.Outputs);
        int packedLength = TileInt8Layout.PaddedOutputs(shape.Outputs) * TileInt8Layout.PaddedInner(shape.Inputs);
        TileInt8.RunOn(isa, x[..(rows * shape.Inputs)], weights[..packedLength], bias, operands, output, line, firstOutput: 0, firstColumn: 0);
    }
}
