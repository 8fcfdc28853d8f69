using System;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class ConvInt8Tests
{
    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void All_geometries_give_the_bits_of_the_reference(int level)
    {
        foreach (var shape in Shapes())
        {
            Compare((IsaLevel)level, new Layer(1, shape));
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Batches_give_the_bits_of_the_reference(int level)
    {
        Compare((IsaLevel)level, new Layer(3, Shape(inputs: 5, outputs: 19, kernel: 3, output: 4)));
        Compare((IsaLevel)level, new Layer(2, Shape(inputs: 6, outputs: 10, kernel: 3, output: 5, stride: 2, groups: 2)));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Nothing_beyond_the_input_is_read(int level)
    {
        foreach (var shape in Shapes())
        {
            var layer = new Layer(1, shape);
            using var x = new PageEnd(layer.X);
            var y = new byte[layer.Count];
            var expected = layer.Naive();
            ConvInt8.RunOn((IsaLevel)level, x.Span, layer.Packed, layer.Bias, layer.Scales, y, 1, shape, Layer.Output);
            Bits.ShouldEqual<byte>(y, expected, $"{shape}");
        }
    }

    [Fact]
    public void The_reference_is_a_convolution_with_the_unpacked_weights()
    {
        foreach (var shape in Shapes())
        {
            var layer = new Layer(2, shape);
            var y = new byte[layer.Count];
            ConvInt8.Reference(layer.X, layer.Packed, layer.Bias, layer.Scales, y, 2, shape, Layer.Output);
            Bits.ShouldEqual<byte>(y, layer.Naive(), $"{shape}");
        }
    }

    private static ConvShape[] Shapes() =>
    [
        Shape(inputs: 1, outputs: 1, kernel: 1, output: 1),
        Shape(inputs: 1, outputs: 3, kernel: 1, output: 5),
        Shape(inputs: 2, outputs: 17, kernel: 1, output: 7, stride: 2),
        Shape(inputs: 3, outputs: 16, kernel: 1, output: 6),
        Shape(inputs: 64, outputs: 40, kernel: 1, output: 7),
        Shape(inputs: 1, outputs: 8, kernel: 5, output: 9),
        Shape(inputs: 1, outputs: 16, kernel: 3, output: 8),
        Shape(inputs: 3, outputs: 16, kernel: 3, output: 11, stride: 2),
        Shape(inputs: 3, outputs: 20, kernel: 7, output: 6, stride: 2),
        Shape(inputs: 16, outputs: 16, kernel: 3, output: 8),
        Shape(inputs: 13, outputs: 33, kernel: 3, output: 5, dilation: 2),
        Shape(inputs: 8, outputs: 12, kernel: 3, output: 6, groups: 4),
        Shape(inputs: 6, outputs: 36, kernel: 3, output: 4, groups: 2, dilation: 2),
        Shape(inputs: 5, outputs: 5, kernel: 3, output: 4, groups: 5),
        Shape(inputs: 2, outputs: 4, kernel: 1, output: 1, groups: 2),
        new ConvShape(9, 4, 3, 5, 1, 2, 1, 1, 3, 3, 4, 18, 1),
        new ConvShape(1, 12, 7, 1, 5, 1, 3, 1, 1, 1, 3, 9, 1),
    ];

    private static ConvShape Shape(int inputs, int outputs, int kernel, int output, int stride = 1, int dilation = 1, int groups = 1)
    {
        var input = ((output - 1) * stride) + ((kernel - 1) * dilation) + 1;
        return new ConvShape(input, input, inputs, kernel, kernel, stride, stride, dilation, dilation, output, output, outputs, groups);
    }

    private static void Compare(IsaLevel level, Layer layer)
    {
        var context = $"{level}, {layer.Batch} x {layer.Shape}";
        var (batch, shape) = (layer.Batch, layer.Shape);
        var x = new Guarded<byte>(layer.X);
        var residual = new Guarded<byte>(Int8Samples.Bytes(layer.Count, 9));
        var add = new ResidualAdd(0.7f, 11, 0.5f, 130, 20, 20, 240);

        var expected = new byte[layer.Count];
        var y = new Guarded<byte>(layer.Count);
        ConvInt8.Reference(layer.X, layer.Packed, layer.Bias, layer.Scales, expected, batch, shape, Layer.Output);
        ConvInt8.RunOn(level, x.Span, layer.Packed, layer.Bias, layer.Scales, y.Span, batch, shape, Layer.Output);
        Bits.ShouldEqual<byte>(y.Span, expected, context);

        ConvInt8.ReferenceResidual(layer.X, layer.Packed, layer.Bias, layer.Scales, residual.Span, expected, batch, shape, Layer.Output, add);
        ConvInt8.RunResidualOn(level, x.Span, layer.Packed, layer.Bias, layer.Scales, residual.Span, y.Span, batch, shape, Layer.Output, add);
        Bits.ShouldEqual<byte>(y.Span, expected, context);
        y.AssertIntact(context);

        var expectedFloats = new float[layer.Count];
        var floats = new Guarded<float>(layer.Count);
        ConvInt8.ReferenceToF32(layer.X, layer.Packed, layer.Bias, layer.Scales, expectedFloats, batch, shape, -50f, 70f);
        ConvInt8.RunToF32On(level, x.Span, layer.Packed, layer.Bias, layer.Scales, floats.Span, batch, shape, -50f, 70f);
        Bits.ShouldEqual<float>(floats.Span, expectedFloats, context);

        float[] scale = [0.02f];
        byte[] zeroPoint = [77];
        ConvInt8.ReferenceDynamic(
            layer.X, layer.Packed, layer.Sums, layer.FloatBias, layer.Scales, scale, zeroPoint, expectedFloats, batch, shape, 0f, float.PositiveInfinity);
        ConvInt8.RunDynamicOn(
            level, x.Span, layer.Packed, layer.Sums, layer.FloatBias, layer.Scales, scale, zeroPoint, floats.Span, batch, shape, 0f, float.PositiveInfinity);
        Bits.ShouldEqual<float>(floats.Span, expectedFloats, context);
        floats.AssertIntact(context);
    }

    /// <summary>A layer with all its operands.</summary>
    private sealed class Layer
    {
        private readonly sbyte[] weights;

        public Layer(int batch, ConvShape shape)
        {
            Batch = batch;
            Shape = shape;
            Depth = shape.InputChannels / shape.Groups * shape.KernelHeight * shape.KernelWidth;
            weights = Int8Samples.Weights(shape.OutputChannels * Depth, 1);
            X = Int8Samples.Bytes(batch * shape.InputHeight * shape.InputWidth * shape.InputChannels, 2);
            Packed = new sbyte[ConvInt8.PackedLength(shape)];
            ConvInt8.Pack(weights, Packed, shape);
            Sums = new int[ConvInt8.PackedOutputs(shape)];
            ConvInt8.ColumnSums(weights, Sums, shape);
            Bias = Pad(Int8Samples.Biases(shape.OutputChannels, 3));
            FloatBias = Pad(Int8Samples.Floats(shape.OutputChannels, 3f, 4));
            Scales = Pad(Int8Samples.Scales(shape.OutputChannels, Depth, 5));
        }

        public static Requantize Output { get; } = new(9, 4, 251);

        public int Batch { get; }

        public ConvShape Shape { get; }

        public int Depth { get; }

        public int Count => Batch * Shape.OutputHeight * Shape.OutputWidth * Shape.OutputChannels;

        public byte[] X { get; }

        public sbyte[] Packed { get; }

        public int[] Sums { get; }

        public int[] Bias { get; }

        public float[] FloatBias { get; }

        public float[] Scales { get; }

        /// <summary>The layer from the ONNX weights, without any packing.</summary>
        public byte[] Naive()
        {
            var s = Shape;
            var (groupInputs, groupOutputs) = (s.InputChannels / s.Groups, s.OutputChannels / s.Groups);
            var bias = Int8Samples.Biases(s.OutputChannels, 3);
            var scales = Int8Samples.Scales(s.OutputChannels, Depth, 5);
            var y = new byte[Count];
            var at = 0;
            for (var image = 0; image < Batch; image++)
            {
                for (var oy = 0; oy < s.OutputHeight; oy++)
                {
                    for (var ox = 0; ox < s.OutputWidth; ox++)
                    {
                        for (var o = 0; o < s.OutputChannels; o++)
                        {
                            var sum = bias[o];
                            for (var i = 0; i < Depth; i++)
                            {
                                var (c, tap) = Math.DivRem(i, s.KernelHeight * s.KernelWidth);
                                var (ky, kx) = Math.DivRem(tap, s.KernelWidth);
                                var line = (oy * s.StrideY) + (ky * s.DilationY);
                                var column = (ox * s.StrideX) + (kx * s.DilationX);
                                var pixel = (((image * s.InputHeight) + line) * s.InputWidth) + column;
                                sum += X[(pixel * s.InputChannels) + (o / groupOutputs * groupInputs) + c] * weights[(o * Depth) + i];
                            }

                            y[at++] = Output.Apply(sum, scales[o]);
                        }
                    }
                }
            }

            return y;
        }

        private T[] Pad<T>(T[] values)
        {
            var padded = new T[ConvInt8.PackedOutputs(Shape)];
            ConvInt8.PackOutputs<T>(values, padded, Shape);
            return padded;
        }
    }
}
