using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="MaxPool"/> in parts: each computes some rows of the output. Together they give the bits of one call.</summary>
internal static class MaxPoolParts
{
    /// <summary>One part of <see cref="MaxPool.Run{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(
        ReadOnlySpan<T> x, Span<T> y, int batch, in PoolShape shape, int part, int parts)
        where T : struct, INumber<T>, IMinMaxValue<T> =>
        RunOn(Isa.Best, x, y, batch, shape, part, parts);

    /// <summary><see cref="Run{T}"/> on a given instruction set.</summary>
    public static void RunOn<T>(
        IsaLevel isa, ReadOnlySpan<T> x, Span<T> y, int batch, in PoolShape shape, int part, int parts)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        int inputRow = shape.InputWidth * shape.Channels, outputRow = shape.OutputWidth * shape.Channels;
        for (ImageRows rows = new(batch, shape.OutputHeight, part, parts); rows.Next();)
        {
            (int first, int padTop) = rows.Input(shape.StrideY, shape.PadTop, shape.InputHeight);
            PoolShape block = shape with { InputHeight = shape.InputHeight - first, PadTop = padTop, OutputHeight = rows.Rows };
            MaxPool.RunOn(
                isa, x[(((rows.Image * shape.InputHeight) + first) * inputRow)..],
                y.Slice(((rows.Image * shape.OutputHeight) + rows.Row) * outputRow, rows.Images * rows.Rows * outputRow), rows.Images, block);
        }
    }
}
