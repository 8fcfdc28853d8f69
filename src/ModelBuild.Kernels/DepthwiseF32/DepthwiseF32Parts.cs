using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="DepthwiseF32"/> in parts: each computes some rows of the output. Together they give the bits of one call.</summary>
internal static class DepthwiseF32Parts
{
    /// <summary>One part of <see cref="DepthwiseF32.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in DepthwiseShape shape,
        float min, float max, int part, int parts) =>
        RunOn(Isa.Best, x, weights, bias, y, batch, shape, min, max, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch,
        in DepthwiseShape shape, float min, float max, int part, int parts)
    {
        int inputRow = shape.InputWidth * shape.Channels, outputRow = shape.OutputWidth * shape.Channels;
        for (ImageRows rows = new(batch, shape.OutputHeight, part, parts); rows.Next();)
        {
            (int first, int padTop) = rows.Input(shape.StrideY, shape.PadTop, shape.InputHeight);
            DepthwiseShape block = shape with { InputHeight = shape.InputHeight - first, PadTop = padTop, OutputHeight = rows.Rows };
            DepthwiseF32.RunOn(
                isa, x[(((rows.Image * shape.InputHeight) + first) * inputRow)..], weights, bias,
                y.Slice(((rows.Image * shape.OutputHeight) + rows.Row) * outputRow, rows.Images * rows.Rows * outputRow), rows.Images,
                block, min, max);
        }
    }
}
