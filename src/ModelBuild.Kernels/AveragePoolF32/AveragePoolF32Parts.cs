using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="AveragePoolF32"/> in parts: each computes some rows of the output. Together they give the bits of one call.</summary>
internal static class AveragePoolF32Parts
{
    /// <summary>One part of <see cref="AveragePoolF32.Run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, Span<float> y, int batch, bool countIncludePad, in PoolShape shape, int part, int parts) =>
        RunOn(Isa.Best, x, y, batch, countIncludePad, shape, part, parts);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, Span<float> y, int batch, bool countIncludePad, in PoolShape shape, int part, int parts)
    {
        int inputRow = shape.InputWidth * shape.Channels, outputRow = shape.OutputWidth * shape.Channels;
        for (ImageRows rows = new(batch, shape.OutputHeight, part, parts); rows.Next();)
        {
            (int first, int padTop) = rows.Input(shape.StrideY, shape.PadTop, shape.InputHeight);
            PoolShape block = shape with { InputHeight = shape.InputHeight - first, PadTop = padTop, OutputHeight = rows.Rows };
            AveragePoolF32.RunOn(
                isa, x[(((rows.Image * shape.InputHeight) + first) * inputRow)..],
                y.Slice(((rows.Image * shape.OutputHeight) + rows.Row) * outputRow, rows.Images * rows.Rows * outputRow), rows.Images,
                countIncludePad, block);
        }
    }
}
