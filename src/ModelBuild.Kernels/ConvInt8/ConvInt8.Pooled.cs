using System;

namespace ModelBuild.Kernels;

/// <content>A convolution whose output is pooled: the largest of each 2x2 pixels that follow each other without overlap.</content>
internal static partial class ConvInt8
{
    /// <summary>Rows and columns that become one.</summary>
    public const int Pool = 2;

    /// <summary>Whether <see cref="RunPooled"/> can compute the shape: whole windows.</summary>
    public static bool CanPool(in ConvShape shape) => shape.OutputHeight > 0 && shape.OutputHeight % Pool == 0 && shape.OutputWidth % Pool == 0;

    /// <summary>
    /// <see cref="Run"/>, then <see cref="MaxPool"/>. Scales must not be negative: then the largest sum gives the largest byte, and only that is requantized and stored.
    /// </summary>
    /// <param name="x">See <see cref="Run"/>.</param>
    /// <param name="weights">See <see cref="Run"/>.</param>
    /// <param name="bias">See <see cref="Run"/>.</param>
    /// <param name="scales">See <see cref="Run"/>.</param>
    /// <param name="scratch">See <see cref="Run"/>; room for what two output lines read is enough.</param>
    /// <param name="y">Receives [batch, OutputHeight / 2, OutputWidth / 2, OutputChannels].</param>
    /// <param name="batch">See <see cref="Run"/>.</param>
    /// <param name="shape">The geometry of the convolution, without the pooling.</param>
    /// <param name="padding">See <see cref="Run"/>.</param>
    /// <param name="inputZeroPoint">See <see cref="Run"/>.</param>
    /// <param name="output">See <see cref="Run"/>.</param>
    public static void RunPooled(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<byte> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize output) =>
        RunPooledOn(Isa.Best, x, weights, bias, scales, scratch, y, batch, shape, padding, inputZeroPoint, output);

    /// <summary><see cref="RunPooled"/> on one instruction set.</summary>
    public static void RunPooledOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> scratch,
        Span<byte> y,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(CanPool(shape), true, nameof(shape));
        if (isa == IsaLevel.Plain)
        {
            ReferencePooled(x, weights, bias, scales, y, batch, shape, padding, inputZeroPoint, output);
            return;
        }

        TileInt8Operands operands = Operands(y, OutputLength(batch, shape) / (Pool * Pool), scales, shape);
        bias = bias[..ConvInt8Taps.PackedOutputs(shape)];
        Tiles(isa, x, weights, bias, scratch, operands, new TileInt8RequantizeOutput(output), batch, shape, padding, inputZeroPoint, Pool);
    }
}
