using System;
using Xunit;

namespace ModelBuild.Kernels.Tests.Parts;

/// <summary>The parts of kernels of 8-bit layers, on every instruction set and on sizes that do not divide evenly.</summary>
public sealed class QuantizedPartsTests
{
    private static readonly Requantize Output = new(9, 4, 251);
    private static readonly ResidualAdd Add = new(0.7f, 11, 0.5f, 130, 20, 20, 240);
    private static readonly float[] InputScale = [0.02f];
    private static readonly byte[] InputZeroPoint = [77];

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Convolution(int level)
    {
        var isa = (IsaLevel)level;
        foreach (var shape in FloatPartsTests.ConvShapes)
        {
            T[] Padded<T>(T[] values)
            {
                var padded = new T[ConvInt8.PackedOutputs(shape)];
                ConvInt8.PackOutputs<T>(values, padded, shape);
                return padded;
            }

            var depth = shape.InputChannels / shape.Groups * shape.KernelHeight * shape.KernelWidth;
            var plain = Int8Samples.Weights(shape.OutputChannels * depth, 1);
            var weights = new sbyte[ConvInt8.PackedLength(shape)];
            ConvInt8.Pack(plain, weights, shape);
            var sums = new int[ConvInt8.PackedOutputs(shape)];
            ConvInt8.ColumnSums(plain, sums, shape);
            var (bias, floatBias) = (Padded(Int8Samples.Biases(shape.OutputChannels, 3)), Padded(Int8Samples.Floats(shape.OutputChannels, 3f, 4)));
            var scales = Padded(Int8Samples.Scales(shape.OutputChannels, depth, 5));
            for (var images = 1; images <= 3; images++)
            {
                var (batch, count) = (images, images * shape.OutputHeight * shape.OutputWidth * shape.OutputChannels);
                var context = $"{isa}, {batch} x {shape}";
                var x = new Guarded<byte>(Int8Samples.Bytes(batch * shape.InputHeight * shape.InputWidth * shape.InputChannels, 2));
                var residual = new Guarded<byte>(Int8Samples.Bytes(count, 6));
                PartsCheck.Equal<byte>(
                    count,
                    context,
                    y => ConvInt8.RunOn(isa, x.Span, weights, bias, scales, y, batch, shape, Output),
                    (y, part, parts) => ConvInt8Parts.RunOn(isa, x.Span, weights, bias, scales, y, batch, shape, Output, part, parts));
                PartsCheck.Equal<byte>(
                    count,
                    context + " with residual",
                    y => ConvInt8.RunResidualOn(isa, x.Span, weights, bias, scales, residual.Span, y, batch, shape, Output, Add),
                    (y, part, parts) => ConvInt8Parts.RunResidualOn(isa, x.Span, weights, bias, scales, residual.Span, y, batch, shape, Output, Add, part, parts));
                PartsCheck.Equal<float>(
                    count,
                    context + " to floats",
                    y => ConvInt8.RunToF32On(isa, x.Span, weights, bias, scales, y, batch, shape, -50f, 70f),
                    (y, part, parts) => ConvInt8Parts.RunToF32On(isa, x.Span, weights, bias, scales, y, batch, shape, -50f, 70f, part, parts));
                PartsCheck.Equal<float>(
                    count,
                    context + " with dynamic ranges",
                    y => ConvInt8.RunDynamicOn(isa, x.Span, weights, sums, floatBias, scales, InputScale, InputZeroPoint, y, batch, shape, -50f, 70f),
                    (y, part, parts) => ConvInt8Parts.RunDynamicOn(
                        isa, x.Span, weights, sums, floatBias, scales, InputScale, InputZeroPoint, y, batch, shape, -50f, 70f, part, parts));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Fully_connected(int level)
    {
        var isa = (IsaLevel)level;
        foreach (var (rows, inputs, outputs) in new[] { (1, 37, 100), (1, 64, 32), (1, 5, 7), (2, 33, 150), (3, 20, 40), (6, 9, 70), (29, 17, 50), (0, 4, 4) })
        {
            var shape = new DenseShape(inputs, outputs);
            T[] Padded<T>(T[] values)
            {
                Array.Resize(ref values, DenseInt8.PackedOutputs(shape));
                return values;
            }

            var plain = Int8Samples.Weights(inputs * outputs, 1);
            var weights = new sbyte[DenseInt8.PackedLength(shape)];
            DenseInt8.Pack(plain, weights, shape);
            var sums = new int[DenseInt8.PackedOutputs(shape)];
            DenseInt8.ColumnSums(plain, sums, shape);
            var (bias, floatBias) = (Padded(Int8Samples.Biases(outputs, 3)), Padded(Int8Samples.Floats(outputs, 3f, 4)));
            var scales = Padded(Int8Samples.Scales(outputs, inputs, 5));
            var x = new Guarded<byte>(Int8Samples.Bytes(rows * inputs, 2));
            var context = $"{isa}, {rows} x {shape}";
            PartsCheck.Equal<byte>(
                rows * outputs,
                context,
                y => DenseInt8.RunOn(isa, x.Span, weights, bias, scales, y, rows, shape, Output),
                (y, part, parts) => DenseInt8Parts.RunOn(isa, x.Span, weights, bias, scales, y, rows, shape, Output, part, parts));
            PartsCheck.Equal<float>(
                rows * outputs,
                context + " to floats",
                y => DenseInt8.RunToF32On(isa, x.Span, weights, bias, scales, y, rows, shape, -50f, 70f),
                (y, part, parts) => DenseInt8Parts.RunToF32On(isa, x.Span, weights, bias, scales, y, rows, shape, -50f, 70f, part, parts));
            PartsCheck.Equal<float>(
                rows * outputs,
                context + " with dynamic ranges",
                y => DenseInt8.RunDynamicOn(isa, x.Span, weights, sums, floatBias, scales, InputScale, InputZeroPoint, y, rows, shape, -50f, 70f),
                (y, part, parts) => DenseInt8Parts.RunDynamicOn(
                    isa, x.Span, weights, sums, floatBias, scales, InputScale, InputZeroPoint, y, rows, shape, -50f, 70f, part, parts));
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Depthwise_and_pooling(int level)
    {
        var isa = (IsaLevel)level;
        foreach (var shape in FloatPartsTests.DepthwiseShapes)
        {
            var columns = Math.Max(shape.Channels, 16);
            var weights = new sbyte[DepthwiseInt8.PackedLength(shape)];
            DepthwiseInt8.Pack(Int8Samples.Weights(shape.Channels * shape.KernelHeight * shape.KernelWidth, 1), weights, shape);
            var (bias, scales) = (Int8Samples.Biases(columns, 2), Int8Samples.Scales(columns, shape.KernelHeight * shape.KernelWidth, 3));
            for (var images = 1; images <= 3; images++)
            {
                var (batch, count) = (images, images * shape.OutputHeight * shape.OutputWidth * shape.Channels);
                var x = new Guarded<byte>(Int8Samples.Bytes(batch * shape.InputHeight * shape.InputWidth * shape.Channels, 4));
                PartsCheck.Equal<byte>(
                    count,
                    $"{isa}, {batch} x {shape}",
                    y => DepthwiseInt8.RunOn(isa, x.Span, weights, bias, scales, y, batch, shape, 77, Output),
                    (y, part, parts) => DepthwiseInt8Parts.RunOn(isa, x.Span, weights, bias, scales, y, batch, shape, 77, Output, part, parts));
                foreach (var countPadding in new[] { false, true })
                {
                    PartsCheck.Equal<byte>(
                        count,
                        $"{isa}, mean of {batch} x {shape}",
                        y => AveragePoolU8.RunOn(isa, x.Span, y, batch, shape, countPadding, 77, 0.9f, Output),
                        (y, part, parts) => AveragePoolU8Parts.RunOn(isa, x.Span, y, batch, shape, countPadding, 77, 0.9f, Output, part, parts));
                }
            }
        }
    }
}
