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
            // As much as one call needs, which is too little for all parts of a few rows, and as much as all parts need.
            var least = DenseInt8.ScratchLength(rows, shape);
            foreach (var length in new[] { least, PartsCheck.MostParts * (least + Share.Line) })
            {
                var scratch = new Guarded<byte>(length);
                var context = $"{isa}, {rows} x {shape}, {length} bytes of scratch";
                PartsCheck.Equal<byte>(
                    rows * outputs,
                    context,
                    y => DenseInt8.RunOn(isa, x.Span, weights, bias, scales, scratch.Span, y, rows, shape, Output),
                    (y, part, parts) => DenseInt8Parts.RunOn(isa, x.Span, weights, bias, scales, scratch.Span, y, rows, shape, Output, part, parts));
                PartsCheck.Equal<float>(
                    rows * outputs,
                    context + " to floats",
                    y => DenseInt8.RunToF32On(isa, x.Span, weights, bias, scales, scratch.Span, y, rows, shape, -50f, 70f),
                    (y, part, parts) => DenseInt8Parts.RunToF32On(isa, x.Span, weights, bias, scales, scratch.Span, y, rows, shape, -50f, 70f, part, parts));
                PartsCheck.Equal<float>(
                    rows * outputs,
                    context + " with dynamic ranges",
                    y => DenseInt8.RunDynamicOn(isa, x.Span, weights, sums, floatBias, scales, InputScale, InputZeroPoint, scratch.Span, y, rows, shape, -50f, 70f),
                    (y, part, parts) => DenseInt8Parts.RunDynamicOn(
                        isa, x.Span, weights, sums, floatBias, scales, InputScale, InputZeroPoint, scratch.Span, y, rows, shape, -50f, 70f, part, parts));
                scratch.AssertIntact(context);
            }
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
