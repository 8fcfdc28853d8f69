using System;

namespace ModelBuild.Kernels;

/// <content>The definition of each entry in plain loops, which is also the scalar variant.</content>
internal static partial class ConvInt8
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<byte> x, // [batch, inputHeight - top - bottom, inputWidth - left - right, inputChannels]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> bias, // [outputChannels], padded per group
        ReadOnlySpan<float> scales, // [outputChannels], padded per group
        Span<byte> y, // [batch, outputHeight, outputWidth, outputChannels]
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize output)
    {
        for (int i = 0; i < OutputLength(batch, shape); i++)
        {
            int column = Column(i, shape);
            y[i] = output.Apply(bias[column] + Sum(x, weights, i, shape, padding, inputZeroPoint), scales[column]);
        }
    }

    /// <summary>What <see cref="RunInto"/> computes.</summary>
    public static void ReferenceInto(
        ReadOnlySpan<byte> x, // [batch, inputHeight - top - bottom, inputWidth - left - right, inputChannels]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> bias, // [outputChannels], padded per group
        ReadOnlySpan<float> scales, // [outputChannels], padded per group
        Span<byte> y, // [batch, outputHeight, outputWidth, stride]
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize output,
        int stride,
        int offset)
    {
        for (int i = 0; i < OutputLength(batch, shape); i++)
        {
            int column = Column(i, shape);
            (int pixel, int channel) = int.DivRem(i, shape.OutputChannels);
            y[(pixel * stride) + offset + channel] = output.Apply(bias[column] + Sum(x, weights, i, shape, padding, inputZeroPoint), scales[column]);
        }
    }

    /// <summary>What <see cref="RunPooled"/> computes.</summary>
    public static void ReferencePooled(
        ReadOnlySpan<byte> x, // [batch, inputHeight - top - bottom, inputWidth - left - right, inputChannels]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> bias, // [outputChannels], padded per group
        ReadOnlySpan<float> scales, // [outputChannels], padded per group
        Span<byte> y, // [batch, outputHeight / 2, outputWidth / 2, outputChannels]
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize output)
    {
        int line = shape.OutputWidth * shape.OutputChannels;
        y[..(OutputLength(batch, shape) / (Pool * Pool))].Clear();
        for (int i = 0; i < OutputLength(batch, shape); i++)
        {
            int channel = i % shape.OutputChannels;
            int pooled = (((i / line / Pool * (shape.OutputWidth / Pool)) + (i % line / shape.OutputChannels / Pool)) * shape.OutputChannels) + channel;
            int column = Column(i, shape);
            y[pooled] = byte.Max(y[pooled], output.Apply(bias[column] + Sum(x, weights, i, shape, padding, inputZeroPoint), scales[column]));
        }
    }

    /// <summary>What <see cref="RunResidual"/> computes.</summary>
    public static void ReferenceResidual(
        ReadOnlySpan<byte> x, // [batch, inputHeight - top - bottom, inputWidth - left - right, inputChannels]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> bias, // [outputChannels], padded per group
        ReadOnlySpan<float> scales, // [outputChannels], padded per group
        ReadOnlySpan<byte> residual, // [batch, outputHeight, outputWidth, outputChannels]
        Span<byte> y, // [batch, outputHeight, outputWidth, outputChannels]
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        in Requantize convOutput,
        in ResidualAdd add)
    {
        for (int i = 0; i < OutputLength(batch, shape); i++)
        {
            int column = Column(i, shape);
            byte own = convOutput.Apply(bias[column] + Sum(x, weights, i, shape, padding, inputZeroPoint), scales[column]);
            y[i] = add.Apply(own, residual[i]);
        }
    }

    /// <summary>What <see cref="RunToF32"/> computes.</summary>
    public static void ReferenceToF32(
        ReadOnlySpan<byte> x, // [batch, inputHeight - top - bottom, inputWidth - left - right, inputChannels]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> bias, // [outputChannels], padded per group
        ReadOnlySpan<float> scales, // [outputChannels], padded per group
        Span<float> y, // [batch, outputHeight, outputWidth, outputChannels]
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte inputZeroPoint,
        float min,
        float max)
    {
        var output = new TileInt8FloatOutput(min, max);
        for (int i = 0; i < OutputLength(batch, shape); i++)
        {
            int column = Column(i, shape);
            y[i] = output.Apply(bias[column] + Sum(x, weights, i, shape, padding, inputZeroPoint), scales[column]);
        }
    }

    /// <summary>What <see cref="RunDynamic"/> computes.</summary>
    public static void ReferenceDynamic(
        ReadOnlySpan<byte> x, // [batch, inputHeight - top - bottom, inputWidth - left - right, inputChannels]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> columnSums, // [outputChannels], padded per group
        ReadOnlySpan<float> bias, // [outputChannels], padded per group
        ReadOnlySpan<float> weightScales, // [outputChannels], padded per group
        ReadOnlySpan<float> xScale, // [1]
        ReadOnlySpan<byte> xZeroPoint, // [1]
        Span<float> y, // [batch, outputHeight, outputWidth, outputChannels]
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        float min,
        float max)
    {
        var output = new TileInt8DynamicOutput(xScale[0], xZeroPoint[0], min, max);
        for (int i = 0; i < OutputLength(batch, shape); i++)
        {
            int column = Column(i, shape);
            y[i] = output.Apply(Sum(x, weights, i, shape, padding, xZeroPoint[0]), columnSums[column], weightScales[column], bias[column]);
        }
    }

    /// <summary>Index, in the operands that are padded per group, of the channel of output element <paramref name="i"/>.</summary>
    private static int Column(int i, in ConvShape shape)
    {
        int channel = i % shape.OutputChannels;
        int groupOutputs = shape.OutputChannels / shape.Groups;
        return (channel / groupOutputs * ConvInt8Taps.PackedGroupOutputs(shape)) + (channel % groupOutputs);
    }

    /// <summary>The sum of products of output element <paramref name="i"/>.</summary>
    private static int Sum(ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, int i, in ConvShape shape, in ImagePadding padding, byte zeroPoint)
    {
        int channel = i % shape.OutputChannels;
        int column = i / shape.OutputChannels % shape.OutputWidth;
        int line = i / shape.OutputChannels / shape.OutputWidth % shape.OutputHeight;
        int image = i / shape.OutputChannels / shape.OutputWidth / shape.OutputHeight;
        int height = shape.InputHeight - padding.Top - padding.Bottom;
        int width = shape.InputWidth - padding.Left - padding.Right;
        int groupInputs = shape.InputChannels / shape.Groups;
        int groupOutputs = shape.OutputChannels / shape.Groups;
        int group = channel / groupOutputs;
        ConvInt8Taps taps = ConvInt8Taps.Of(shape);
        ReadOnlySpan<sbyte> groupWeights = weights.Slice(group * taps.PackedGroupLength(shape), taps.PackedGroupLength(shape));

        int sum = 0;
        for (int ky = 0; ky < shape.KernelHeight; ky++)
        {
            for (int kx = 0; kx < shape.KernelWidth; kx++)
            {
                int inputLine = (line * shape.StrideY) + (ky * shape.DilationY) - padding.Top;
                int inputColumn = (column * shape.StrideX) + (kx * shape.DilationX) - padding.Left;
                bool isInside = inputLine >= 0 && inputLine < height && inputColumn >= 0 && inputColumn < width;
                int pixel = (((image * height) + inputLine) * width) + inputColumn;
                for (int c = 0; c < groupInputs; c++)
                {
                    byte value = isInside ? x[(pixel * shape.InputChannels) + (group * groupInputs) + c] : zeroPoint;
                    sum += value * groupWeights[taps.Offset(channel % groupOutputs, ky, kx, c, shape)];
                }
            }
        }

        return sum;
    }
}
