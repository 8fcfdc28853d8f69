using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class DenseInt8Tests
{
    private static readonly int[] Rows = [1, 2, 3, 4, 5, 6, 7, 13];
    private static readonly int[] Inputs = [1, 2, 3, 4, 5, 15, 16, 17, 31, 64, 107];
    private static readonly int[] Outputs = [1, 2, 7, 8, 9, 15, 16, 17, 33, 64];

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void All_sizes_give_the_bits_of_the_reference(int level)
    {
        foreach (var rows in Rows)
        {
            foreach (var inputs in Inputs)
            {
                foreach (var outputs in Outputs)
                {
                    Compare((IsaLevel)level, new Layer(rows, new DenseShape(inputs, outputs)), new Requantize(7, 0, 255));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Layers_larger_than_a_block_give_the_bits_of_the_reference(int level)
    {
        Compare((IsaLevel)level, new Layer(1, new DenseShape(784, 256)), new Requantize(0, 0, 255));
        Compare((IsaLevel)level, new Layer(301, new DenseShape(1001, 20)), new Requantize(128, 128, 200));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Largest_products_do_not_saturate_before_the_end(int level)
    {
        foreach (var (rows, input, weight) in new[] { (5, 255, -128), (5, 255, 127), (5, 1, -128), (5, 255, 1), (1, 255, -128), (1, 255, 127), (1, 15, -128), (1, 240, 127) })
        {
            var layer = new Layer(rows, new DenseShape(2050, 16));
            Array.Fill(layer.X, (byte)input);
            layer.SetWeights(Enumerable.Repeat((sbyte)weight, 2050 * 16).ToArray());
            Compare((IsaLevel)level, layer, new Requantize(100, 3, 250));

            var y = new float[rows * 16];
            DenseInt8.RunToF32On(
                (IsaLevel)level, layer.X, layer.Packed, layer.Bias, layer.Ones, layer.Scratch(), y, rows, layer.Shape, float.NegativeInfinity, float.PositiveInfinity);
            y[^1].ShouldBe((2050 * input * weight) + layer.Bias[15]);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Scales_beyond_the_range_of_int_saturate(int level)
    {
        var layer = new Layer(2, new DenseShape(12, 16));
        for (var i = 0; i < layer.Scales.Length; i++)
        {
            layer.Scales[i] = i % 2 == 0 ? 3e30f : -3e30f;
        }

        Compare((IsaLevel)level, layer, new Requantize(100, 3, 250));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_scratch_buffer_for_fewer_rows_gives_the_bits_of_the_reference(int level)
    {
        var layer = new Layer(23, new DenseShape(70, 33));
        var expected = layer.Naive(new Requantize(0, 0, 255));
        for (var rows = 1; rows <= 23; rows++)
        {
            var scratch = new Guarded<byte>(DenseInt8.ScratchLength(rows, layer.Shape));
            var y = new Guarded<byte>(expected.Length);
            DenseInt8.RunOn((IsaLevel)level, layer.X, layer.Packed, layer.Bias, layer.Scales, scratch.Span, y.Span, 23, layer.Shape, new Requantize(0, 0, 255));
            Bits.ShouldEqual<byte>(y.Span, expected, $"scratch for {rows} rows");
            y.AssertIntact($"{rows}");
            scratch.AssertIntact($"{rows}");
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Nothing_beyond_the_input_is_read(int level)
    {
        foreach (var rows in Rows)
        {
            for (var inputs = 1; inputs <= 9; inputs++)
            {
                var layer = new Layer(rows, new DenseShape(inputs, 17));
                using var x = new PageEnd(layer.X);
                var y = new byte[rows * 17];
                DenseInt8.RunOn((IsaLevel)level, x.Span, layer.Packed, layer.Bias, layer.Scales, layer.Scratch(), y, rows, layer.Shape, new Requantize(0, 0, 255));
                Bits.ShouldEqual<byte>(y, layer.Naive(new Requantize(0, 0, 255)), $"{rows} x {inputs}");
            }
        }
    }

    [Fact]
    public void The_reference_is_a_matrix_product_of_the_unpacked_weights()
    {
        foreach (var inputs in Inputs)
        {
            var layer = new Layer(3, new DenseShape(inputs, 33));
            var y = new byte[3 * 33];
            DenseInt8.Reference(layer.X, layer.Packed, layer.Bias, layer.Scales, y, 3, layer.Shape, new Requantize(9, 4, 251));
            Bits.ShouldEqual<byte>(y, layer.Naive(new Requantize(9, 4, 251)), $"{inputs} inputs");
        }
    }

    [Theory]
    [InlineData(1, 0.5f, 0)]
    [InlineData(3, 0.5f, 2)]
    [InlineData(5, 0.5f, 2)]
    [InlineData(7, 0.5f, 4)]
    public void Halves_round_to_even_before_the_zero_point_is_added(int accumulator, float scale, int rounded)
    {
        new Requantize(11, 0, 255).Apply(accumulator, scale).ShouldBe((byte)(rounded + 11));
        new Requantize(11, 0, 255).Apply(-accumulator, scale).ShouldBe((byte)(11 - rounded));
    }

    private static void Compare(IsaLevel level, Layer layer, Requantize output)
    {
        var context = $"{level}, {layer.Rows} x {layer.Shape}";
        var x = new Guarded<byte>(layer.X);
        var scratch = new Guarded<byte>(layer.Scratch());
        var count = layer.Rows * layer.Shape.Outputs;

        var expected = new byte[count];
        DenseInt8.Reference(layer.X, layer.Packed, layer.Bias, layer.Scales, expected, layer.Rows, layer.Shape, output);
        var y = new Guarded<byte>(count);
        DenseInt8.RunOn(level, x.Span, layer.Packed, layer.Bias, layer.Scales, scratch.Span, y.Span, layer.Rows, layer.Shape, output);
        Bits.ShouldEqual<byte>(y.Span, expected, context);
        y.AssertIntact(context);

        var expectedFloats = new float[count];
        var floats = new Guarded<float>(count);
        DenseInt8.ReferenceToF32(layer.X, layer.Packed, layer.Bias, layer.Scales, expectedFloats, layer.Rows, layer.Shape, -40f, 60f);
        DenseInt8.RunToF32On(level, x.Span, layer.Packed, layer.Bias, layer.Scales, scratch.Span, floats.Span, layer.Rows, layer.Shape, -40f, 60f);
        Bits.ShouldEqual<float>(floats.Span, expectedFloats, context);
        floats.AssertIntact(context);

        float[] scale = [0.037f];
        byte[] zeroPoint = [121];
        DenseInt8.ReferenceDynamic(
            layer.X, layer.Packed, layer.Sums, layer.FloatBias, layer.Scales, scale, zeroPoint, expectedFloats, layer.Rows, layer.Shape, -5f, float.PositiveInfinity);
        DenseInt8.RunDynamicOn(
            level, x.Span, layer.Packed, layer.Sums, layer.FloatBias, layer.Scales, scale, zeroPoint, scratch.Span, floats.Span, layer.Rows, layer.Shape, -5f, float.PositiveInfinity);
        Bits.ShouldEqual<float>(floats.Span, expectedFloats, context);
        floats.AssertIntact(context);
        scratch.AssertIntact(context);
    }

    /// <summary>A layer with all its operands.</summary>
    private sealed class Layer
    {
        private sbyte[] weights = [];

        public Layer(int rows, DenseShape shape)
        {
            Rows = rows;
            Shape = shape;
            X = Int8Samples.Bytes(rows * shape.Inputs, 1);
            Packed = new sbyte[DenseInt8.PackedLength(shape)];
            Sums = new int[DenseInt8.PackedOutputs(shape)];
            Bias = Pad(Int8Samples.Biases(shape.Outputs, 2));
            FloatBias = Pad(Int8Samples.Floats(shape.Outputs, 3f, 3));
            Scales = Pad(Int8Samples.Scales(shape.Outputs, shape.Inputs, 4));
            Ones = Pad(Enumerable.Repeat(1f, shape.Outputs).ToArray());
            SetWeights(Int8Samples.Weights(shape.Inputs * shape.Outputs, 5));
        }

        public int Rows { get; }

        public DenseShape Shape { get; }

        public byte[] X { get; }

        public sbyte[] Packed { get; }

        public int[] Sums { get; }

        public int[] Bias { get; }

        public float[] FloatBias { get; }

        public float[] Scales { get; }

        public float[] Ones { get; }

        public byte[] Scratch()
        {
            var scratch = new byte[DenseInt8.ScratchLength(Rows, Shape)];
            Array.Fill(scratch, (byte)0xA5);
            return scratch;
        }

        public void SetWeights(sbyte[] values)
        {
            weights = values;
            DenseInt8.Pack(values, Packed, Shape);
            DenseInt8.ColumnSums(values, Sums, Shape);
        }

        /// <summary>The layer without any packing.</summary>
        public byte[] Naive(Requantize output)
        {
            var y = new byte[Rows * Shape.Outputs];
            for (var row = 0; row < Rows; row++)
            {
                for (var n = 0; n < Shape.Outputs; n++)
                {
                    var sum = Bias[n];
                    for (var k = 0; k < Shape.Inputs; k++)
                    {
                        sum += X[(row * Shape.Inputs) + k] * weights[(k * Shape.Outputs) + n];
                    }

                    y[(row * Shape.Outputs) + n] = output.Apply(sum, Scales[n]);
                }
            }

            return y;
        }

        private T[] Pad<T>(T[] values)
        {
            var padded = new T[DenseInt8.PackedOutputs(Shape)];
            DenseInt8.PackOutputs<T>(values, padded, Shape);
            return padded;
        }
    }
}
