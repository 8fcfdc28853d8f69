using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="AveragePoolU8"/> in parts: each computes some rows of the output. Together they give the bits of one call.</summary>
internal static class AveragePoolU8Parts
{
    /// <summary>One part of <see cref="AveragePoolU8.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<byte> x, Span<byte> y, int batch, in DepthwiseShape shape, bool countPadding, int inputZeroPoint, float scale,
        in Requantize output, int part, int parts) =>
        RunOn(Isa.Best, x, y, batch, shape, countPadding, inputZeroPoint, scale, output, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<byte> x, Span<byte> y, int batch, in DepthwiseShape shape, bool countPadding, int inputZeroPoint,
        float scale, in Requantize output, int part, int parts)
    {
        int inputRow = shape.InputWidth * shape.Channels, outputRow = shape.OutputWidth * shape.Channels;
        for (ImageRows rows = new(batch, shape.OutputHeight, part, parts); rows.Next();)
        {
            (int first, int padTop) = rows.Input(shape.StrideY, shape.PadTop, shape.InputHeight);
            DepthwiseShape block = shape with { InputHeight = shape.InputHeight - first, PadTop = padTop, OutputHeight = rows.Rows };
            AveragePoolU8.RunOn(
                isa, x[(((rows.Image * shape.InputHeight) + first) * inputRow)..],
                y.Slice(((rows.Image * shape.OutputHeight) + rows.Row) * outputRow, rows.Images * rows.Rows * outputRow), rows.Images,
                block, countPadding, inputZeroPoint, scale, output);
        }
    }
}
