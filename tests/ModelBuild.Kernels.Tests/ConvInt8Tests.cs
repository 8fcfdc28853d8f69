using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Shouldly;
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
    public void Padding_gives_the_bits_of_the_reference(int level)
    {
        foreach (var (shape, padding) in PaddedShapes())
        {
            Compare((IsaLevel)level, new Layer(1, shape, padding));
            Compare((IsaLevel)level, new Layer(2, shape, padding));
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Bands_of_any_height_give_the_bits_of_the_reference(int level)
    {
        foreach (var (shape, padding) in PaddedShapes())
        {
            var layer = new Layer(2, shape, padding);
            var expected = layer.Naive();
            var line = shape.InputWidth * shape.InputChannels * sizeof(short);
            var least = ((shape.KernelHeight - 1) * shape.DilationY) + 1;
            for (var lines = least; lines <= shape.InputHeight + 1; lines++)
            {
                var scratch = new Guarded<byte>((lines * line) + (TileInt8.SlackInputs * sizeof(short)));
                scratch.Span.Fill(0xA5);
                var y = new Guarded<byte>(layer.Count);
                layer.Run((IsaLevel)level, layer.X, scratch.Span, y.Span);
                Bits.ShouldEqual<byte>(y.Span, expected, $"{shape}, {padding}, {lines} lines");
                y.AssertIntact($"{shape}");
                scratch.AssertIntact($"{shape}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Largest_products_do_not_saturate_before_the_end(int level)
    {
        foreach (var (input, weight) in new[] { (255, -128), (255, 127), (1, -128), (255, 1) })
        {
            var layer = new Layer(1, Shape(inputs: 37, outputs: 16, kernel: 3, output: 7), new ImagePadding(1, 1, 1, 1));
            Array.Fill(layer.X, (byte)input);
            layer.Fill((sbyte)weight);
            Compare((IsaLevel)level, layer);
        }
    }

    [Fact]
    public void The_loops_over_bytes_give_the_bits_of_the_reference()
    {
        if (!Isa.HasAvx2)
        {
            return;
        }

        foreach (var (shape, padding) in Shapes().Select(shape => (shape, default(ImagePadding))).Concat(PaddedShapes()).Where(pair => pair.Item1.Groups == 1))
        {
            var layer = new Layer(1, shape, padding);
            var padded = new Guarded<byte>(shape.InputHeight * shape.InputWidth * shape.InputChannels);
            ConvInt8Band.Load(IsaLevel.AvxVnni, layer.X, padded.Span, 0, shape.OutputHeight, sizeof(byte), Layer.ZeroPoint, shape, padding);
            var y = new Guarded<byte>(layer.Count);
            var operands = new TileInt8Operands { Output = ref y.Span[0], OutputLength = layer.Count, Scales = ref layer.Scales[0] };
            TileInt8.RunBytes<EmulatedVnni, EmulatedVnni, Vector256<int>, Vector256<byte>, TileInt8RequantizeOutput>(
                padded.Span, layer.Packed, layer.Bias, operands, new TileInt8RequantizeOutput(Layer.Output), ConvInt8Band.Pixels(1, shape.OutputHeight, sizeof(byte), shape), 0, 0);
            Bits.ShouldEqual<byte>(y.Span, layer.Naive(), $"{shape}, {padding}");
            y.AssertIntact($"{shape}");
            padded.AssertIntact($"{shape}");
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Winograd_gives_the_bits_of_the_reference(int level)
    {
        foreach (var (shape, padding) in WinogradShapes())
        {
            CompareWinograd((IsaLevel)level, new Layer(2, shape, padding));
            foreach (var (input, weight) in new[] { (255, -128), (255, 127), (1, -128) })
            {
                var layer = new Layer(1, shape, padding);
                Array.Fill(layer.X, (byte)input);
                layer.Fill((sbyte)weight);
                CompareWinograd((IsaLevel)level, layer);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Winograd_in_bands_of_any_height_gives_the_bits_of_the_reference(int level)
    {
        foreach (var (shape, padding) in WinogradShapes())
        {
            var layer = new Layer(1, shape, padding);
            var expected = layer.Naive();
            var line = shape.InputWidth * shape.InputChannels * sizeof(short);
            for (var lines = int.Min(WinogradInt8.TileInputLines(shape), shape.InputHeight); lines <= shape.InputHeight; lines++)
            {
                var scratch = new Guarded<byte>((lines * line) + (TileInt8.SlackInputs * sizeof(short)) + (int)WinogradInt8.ExtraScratch(shape));
                var y = new Guarded<byte>(layer.Count);
                layer.RunWinograd((IsaLevel)level, layer.X, scratch.Span, y.Span);
                Bits.ShouldEqual<byte>(y.Span, expected, $"{shape}, {padding}, {lines} lines");
                y.AssertIntact($"{shape}");
                scratch.AssertIntact($"{shape}");
            }
        }
    }

    [Fact]
    public void Scratch_buffers_of_very_wide_images_are_counted_beyond_int32()
    {
        var shape = new ConvShape(3, 100_000_002, 16, 3, 3, 1, 1, 1, 1, 1, 100_000_000, 16, 1);
        ConvInt8.ScratchLength(shape).ShouldBeGreaterThan(3L * 100_000_000 * 16 * sizeof(short));
        ConvInt8.WinogradScratchLength(shape).ShouldBeGreaterThan(6L * 100_000_000 * 16 * sizeof(short));
    }

    [Fact]
    public void Weights_whose_transforms_do_not_fit_into_a_buffer_stay_as_they_are() =>
        ConvInt8.CanUseWinograd(Shape(inputs: 112, outputs: 2_000_000, kernel: 3, output: 8)).ShouldBeFalse();

    [Fact]
    public void Terms_of_small_tiles_give_four_times_the_sum() =>
        TransformedIsMultiple<WinogradInt8Tile2>([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]], [[1, 1, 1, 0], [0, 1, -1, -1]], [2, 2]);

    [Fact]
    public void Terms_of_large_tiles_give_a_multiple_of_the_sum() =>
        TransformedIsMultiple<WinogradInt8Tile4>(
            [[4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1]],
            [[1, 4, 4, 1, 1, 0], [0, 2, -2, 1, -1, 0], [0, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 1]],
            [24, 12, 6, 6]);

    [Fact]
    public void Terms_of_5x5_filters_give_a_multiple_of_the_sum() =>
        TransformedIsMultiple<WinogradInt8Filter5>(
            [[4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1]],
            [[1, 4, 4, 1, 1, 0], [0, 2, -2, 1, -1, 2]],
            [24, 12],
            bits: 5); // So that no term is split.

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_scratch_buffer_that_is_too_short_is_refused(int level)
    {
        var layer = new Layer(1, Shape(inputs: 3, outputs: 4, kernel: 3, output: 5), new ImagePadding(1, 1, 1, 1));
        var y = new byte[layer.Count];
        if ((IsaLevel)level != IsaLevel.Plain)
        {
            Should.Throw<ArgumentException>(() => layer.Run((IsaLevel)level, layer.X, new byte[40], y));
        }
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
            layer.Run((IsaLevel)level, x.Span, layer.Scratch(), y);
            Bits.ShouldEqual<byte>(y, layer.Naive(), $"{shape}");
        }
    }

    [Fact]
    public void The_reference_is_a_convolution_with_the_unpacked_weights()
    {
        foreach (var (shape, padding) in Shapes().Select(shape => (shape, default(ImagePadding))).Concat(PaddedShapes()))
        {
            var layer = new Layer(2, shape, padding);
            var y = new byte[layer.Count];
            ConvInt8.Reference(layer.X, layer.Packed, layer.Bias, layer.Scales, y, 2, shape, padding, Layer.ZeroPoint, Layer.Output);
            Bits.ShouldEqual<byte>(y, layer.Naive(), $"{shape}");
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Pooled_outputs_are_the_bits_of_the_reference(int level)
    {
        foreach (var (shape, padding) in Shapes().Select(shape => (shape, default(ImagePadding))).Concat(PaddedShapes()).Where(pair => ConvInt8.CanPool(pair.Item1)))
        {
            foreach (var batch in new[] { 1, 3 })
            {
                var layer = new Layer(batch, shape, padding);
                var expected = layer.Pooled();
                var line = shape.InputWidth * shape.InputChannels * sizeof(short);
                foreach (var lines in new[] { ConvInt8Band.InputLines(2, shape), shape.InputHeight })
                {
                    var scratch = new Guarded<byte>((lines * line) + (TileInt8.SlackInputs * sizeof(short)));
                    scratch.Span.Fill(0xA5);
                    using var x = new PageEnd(layer.X);
                    var y = new Guarded<byte>(expected.Length);
                    ConvInt8.RunPooledOn((IsaLevel)level, x.Span, layer.Packed, layer.Bias, layer.Scales, scratch.Span, y.Span, batch, shape, padding, Layer.ZeroPoint, Layer.Output);
                    Bits.ShouldEqual<byte>(y.Span, expected, $"{shape}, {padding}, {lines} lines");
                    y.AssertIntact($"{shape}");
                    scratch.AssertIntact($"{shape}");
                }
            }
        }
    }

    private static (ConvShape Shape, ImagePadding Padding)[] WinogradShapes() =>
    [
        (Shape(inputs: 16, outputs: 16, kernel: 3, output: 8), new(1, 1, 1, 1)),
        (Shape(inputs: 32, outputs: 24, kernel: 3, output: 13), new(1, 1, 1, 1)),
        (Shape(inputs: 48, outputs: 40, kernel: 3, output: 5), default),
        (Shape(inputs: 16, outputs: 19, kernel: 3, output: 1), new(1, 1, 1, 1)),
        (Shape(inputs: 112, outputs: 64, kernel: 3, output: 6), new(1, 1, 1, 1)),
        (Shape(inputs: 128, outputs: 32, kernel: 3, output: 7), new(1, 1, 1, 1)),
        (new ConvShape(6, 37, 16, 3, 3, 1, 1, 1, 1, 4, 35, 33, 1), new(2, 0, 1, 3)),
        (Shape(inputs: 16, outputs: 32, kernel: 5, output: 10), default),
        (Shape(inputs: 32, outputs: 20, kernel: 5, output: 7), new(2, 2, 2, 2)),
        (Shape(inputs: 16, outputs: 16, kernel: 5, output: 1), default),
        (new ConvShape(8, 26, 32, 5, 5, 1, 1, 1, 1, 4, 22, 17, 1), new(3, 0, 1, 4)),
    ];

    /// <summary>The outputs of random inputs and a random filter, by the definition of the transforms, are the plain sums times a factor for each line and column.</summary>
    private static void TransformedIsMultiple<TTile>(int[][] bt, int[][] at, int[] factors, int bits = 8)
        where TTile : struct, IWinogradInt8Tile
    {
        var random = new Random(7);
        var side = bt.Length;
        var d = Enumerable.Range(0, side * side).Select(_ => random.Next(256)).ToArray();
        var g = Enumerable.Range(0, TTile.Filter * TTile.Filter).Select(_ => random.Next(-1 << (bits - 1), 1 << (bits - 1))).ToArray();
        var u = WeightTerms<TTile>(g);
        for (var y = 0; y < TTile.Size; y++)
        {
            for (var x = 0; x < TTile.Size; x++)
            {
                var sum = 0;
                for (var term = 0; term < u.Length; term++)
                {
                    var v = Enumerable.Range(0, d.Length).Sum(i => bt[term / side][i / side] * bt[term % side][i % side] * d[i]);
                    sum += at[y][term / side] * at[x][term % side] * u[term] * v;
                }

                sum.ShouldBe(factors[y] * factors[x] * Enumerable.Range(0, g.Length).Sum(i => g[i] * d[((y + (i / TTile.Filter)) * side) + x + (i % TTile.Filter)]));
            }
        }
    }

    /// <summary>The transformed weights of one filter: columns, then lines, with the filter in every lane.</summary>
    private static int[] WeightTerms<TTile>(int[] filter)
        where TTile : struct, IWinogradInt8Tile
    {
        const int Bytes = 16;
        var side = TTile.Size + TTile.Filter - 1;
        var (g, rows, terms) = (new byte[filter.Length * Bytes], new byte[TTile.Filter * side * Bytes], new byte[side * side * Bytes]);
        for (var i = 0; i < filter.Length; i++)
        {
            MemoryMarshal.Cast<byte, short>(g.AsSpan(i * Bytes, Bytes)).Fill((short)filter[i]);
        }

        for (var x = 0; x < TTile.Filter; x++)
        {
            TTile.WeightTerms<Lanes128<short>, Vector128<short>>(ref g[x * Bytes], TTile.Filter * Bytes, ref rows[x * Bytes], TTile.Filter * Bytes);
        }

        for (var y = 0; y < side; y++)
        {
            TTile.WeightTerms<Lanes128<short>, Vector128<short>>(ref rows[TTile.Filter * y * Bytes], Bytes, ref terms[side * y * Bytes], Bytes);
        }

        return [.. Enumerable.Range(0, side * side).Select(term => (int)MemoryMarshal.Read<short>(terms.AsSpan(term * Bytes)))];
    }

    private static void CompareWinograd(IsaLevel level, Layer layer)
    {
        var context = $"{level}, {layer.Batch} x {layer.Shape}";
        ConvInt8.CanUseWinograd(layer.Shape).ShouldBeTrue();
        var transformed = new Guarded<short>(ConvInt8.TransformedLength(layer.Shape));
        WinogradInt8.Transform(level, layer.Packed, transformed.Span, layer.Shape);
        transformed.AssertIntact(context);
        Bits.ShouldEqual<short>(transformed.Span, layer.Transformed(), context + ": weights");
        var x = new Guarded<byte>(layer.X);
        var scratch = new Guarded<byte>((int)ConvInt8.WinogradScratchLength(layer.Shape));
        var y = new Guarded<byte>(layer.Count);
        layer.RunWinograd(level, x.Span, scratch.Span, y.Span);
        Bits.ShouldEqual<byte>(y.Span, layer.Naive(), context);
        y.AssertIntact(context);
        scratch.AssertIntact(context);

        if (ConvInt8.CanPool(layer.Shape))
        {
            var pooled = new Guarded<byte>(layer.Count / 4);
            ConvInt8.RunWinogradPooledOn(
                level, x.Span, layer.Packed, layer.Transformed(), layer.Bias, layer.Scales, scratch.Span, pooled.Span, layer.Batch, layer.Shape, layer.Padding, Layer.ZeroPoint, Layer.Output);
            Bits.ShouldEqual<byte>(pooled.Span, layer.Pooled(), context + " pooled");
            pooled.AssertIntact(context);
        }

        var (stride, offset) = (layer.Shape.OutputChannels + 7, 3);
        var whole = new Guarded<byte>(Int8Samples.Bytes(layer.Count / layer.Shape.OutputChannels * stride, 10));
        var concatenation = whole.Span.ToArray();
        ConcatPart.Run<byte>(layer.Naive(), concatenation, layer.Count / layer.Shape.OutputChannels, layer.Shape.OutputChannels, stride, offset);
        ConvInt8.RunWinogradIntoOn(
            level, x.Span, layer.Packed, layer.Transformed(), layer.Bias, layer.Scales, scratch.Span, whole.Span, layer.Batch, layer.Shape, layer.Padding,
            Layer.ZeroPoint, Layer.Output, stride, offset);
        Bits.ShouldEqual<byte>(whole.Span, concatenation, context + " into a concatenation");
        whole.AssertIntact(context);

        var residual = new Guarded<byte>(Int8Samples.Bytes(layer.Count, 9));
        var add = new ResidualAdd(0.7f, 11, 0.5f, 130, 20, 20, 240);
        var expected = new byte[layer.Count];
        ConvInt8.ReferenceResidual(
            layer.X, layer.Packed, layer.Bias, layer.Scales, residual.Span, expected, layer.Batch, layer.Shape, layer.Padding, Layer.ZeroPoint, Layer.Output, add);
        ConvInt8.RunWinogradResidualOn(
            level, x.Span, layer.Packed, layer.Transformed(), layer.Bias, layer.Scales, residual.Span, scratch.Span, y.Span, layer.Batch, layer.Shape, layer.Padding,
            Layer.ZeroPoint, Layer.Output, add);
        Bits.ShouldEqual<byte>(y.Span, expected, context);
        y.AssertIntact(context);
        scratch.AssertIntact(context);
    }

    private static (ConvShape Shape, ImagePadding Padding)[] PaddedShapes() =>
    [
        (Shape(inputs: 1, outputs: 16, kernel: 5, output: 12), new(2, 2, 2, 2)),
        (Shape(inputs: 3, outputs: 16, kernel: 3, output: 9), new(1, 1, 1, 1)),
        (Shape(inputs: 16, outputs: 24, kernel: 3, output: 8), new(1, 1, 1, 1)),
        (Shape(inputs: 4, outputs: 8, kernel: 3, output: 6, stride: 2), new(0, 0, 1, 1)),
        (Shape(inputs: 5, outputs: 7, kernel: 3, output: 7, stride: 2, dilation: 2), new(2, 3, 1, 0)),
        (Shape(inputs: 6, outputs: 10, kernel: 3, output: 5, groups: 2), new(0, 1, 2, 3)),
        (Shape(inputs: 7, outputs: 33, kernel: 1, output: 5), new(1, 1, 1, 1)),
        (Shape(inputs: 2, outputs: 3, kernel: 3, output: 5), new(3, 0, 3, 0)),
        (new ConvShape(3, 40, 2, 1, 3, 1, 1, 1, 1, 3, 38, 17, 1), new(1, 0, 1, 2)),
        (new ConvShape(14, 5, 2, 3, 3, 1, 1, 1, 1, 12, 3, 18, 1), new(6, 1, 6, 1)),
    ];

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
        var (batch, shape, padding) = (layer.Batch, layer.Shape, layer.Padding);
        var scratch = new Guarded<byte>(layer.Scratch());
        var x = new Guarded<byte>(layer.X);
        var residual = new Guarded<byte>(Int8Samples.Bytes(layer.Count, 9));
        var add = new ResidualAdd(0.7f, 11, 0.5f, 130, 20, 20, 240);

        var expected = new byte[layer.Count];
        var y = new Guarded<byte>(layer.Count);
        ConvInt8.Reference(layer.X, layer.Packed, layer.Bias, layer.Scales, expected, batch, shape, padding, Layer.ZeroPoint, Layer.Output);
        layer.Run(level, x.Span, scratch.Span, y.Span);
        Bits.ShouldEqual<byte>(y.Span, expected, context);

        ConvInt8.ReferenceResidual(layer.X, layer.Packed, layer.Bias, layer.Scales, residual.Span, expected, batch, shape, padding, Layer.ZeroPoint, Layer.Output, add);
        ConvInt8.RunResidualOn(
            level, x.Span, layer.Packed, layer.Bias, layer.Scales, residual.Span, scratch.Span, y.Span, batch, shape, padding, Layer.ZeroPoint, Layer.Output, add);
        Bits.ShouldEqual<byte>(y.Span, expected, context);
        y.AssertIntact(context);

        var (stride, offset) = (shape.OutputChannels + 7, 3);
        var whole = new Guarded<byte>(Int8Samples.Bytes(layer.Count / shape.OutputChannels * stride, 10));
        expected = whole.Span.ToArray();
        ConvInt8.ReferenceInto(layer.X, layer.Packed, layer.Bias, layer.Scales, expected, batch, shape, padding, Layer.ZeroPoint, Layer.Output, stride, offset);
        ConvInt8.RunIntoOn(
            level, x.Span, layer.Packed, layer.Bias, layer.Scales, scratch.Span, whole.Span, batch, shape, padding, Layer.ZeroPoint, Layer.Output, stride, offset);
        Bits.ShouldEqual<byte>(whole.Span, expected, context + " into a concatenation");
        whole.AssertIntact(context);

        var expectedFloats = new float[layer.Count];
        var floats = new Guarded<float>(layer.Count);
        ConvInt8.ReferenceToF32(layer.X, layer.Packed, layer.Bias, layer.Scales, expectedFloats, batch, shape, padding, Layer.ZeroPoint, -50f, 70f);
        ConvInt8.RunToF32On(
            level, x.Span, layer.Packed, layer.Bias, layer.Scales, scratch.Span, floats.Span, batch, shape, padding, Layer.ZeroPoint, -50f, 70f);
        Bits.ShouldEqual<float>(floats.Span, expectedFloats, context);

        float[] scale = [0.02f];
        byte[] zeroPoint = [77];
        ConvInt8.ReferenceDynamic(
            layer.X, layer.Packed, layer.Sums, layer.FloatBias, layer.Scales, scale, zeroPoint, expectedFloats, batch, shape, padding, 0f, float.PositiveInfinity);
        ConvInt8.RunDynamicOn(
            level, x.Span, layer.Packed, layer.Sums, layer.FloatBias, layer.Scales, scale, zeroPoint, scratch.Span, floats.Span, batch, shape, padding, 0f,
            float.PositiveInfinity);
        Bits.ShouldEqual<float>(floats.Span, expectedFloats, context);
        floats.AssertIntact(context);
        scratch.AssertIntact(context);
    }

    /// <summary>A layer with all its operands.</summary>
    private sealed class Layer
    {
        private readonly sbyte[] weights;

        public Layer(int batch, ConvShape shape, ImagePadding padding = default)
        {
            Batch = batch;
            Shape = shape;
            Padding = padding;
            Depth = shape.InputChannels / shape.Groups * shape.KernelHeight * shape.KernelWidth;
            weights = Int8Samples.Weights(shape.OutputChannels * Depth, 1);
            X = Int8Samples.Bytes(batch * Height * Width * shape.InputChannels, 2);
            Packed = new sbyte[ConvInt8.PackedLength(shape)];
            ConvInt8.Pack(weights, Packed, shape);
            Sums = new int[ConvInt8.PackedOutputs(shape)];
            ConvInt8.ColumnSums(weights, Sums, shape);
            Bias = Pad(Int8Samples.Biases(shape.OutputChannels, 3));
            FloatBias = Pad(Int8Samples.Floats(shape.OutputChannels, 3f, 4));
            Scales = Pad(Int8Samples.Scales(shape.OutputChannels, Depth, 5));
        }

        public static byte ZeroPoint => 113;

        public static Requantize Output { get; } = new(9, 4, 251);

        public int Batch { get; }

        public ConvShape Shape { get; }

        public ImagePadding Padding { get; }

        public int Depth { get; }

        public int Count => Batch * Shape.OutputHeight * Shape.OutputWidth * Shape.OutputChannels;

        public byte[] X { get; }

        public sbyte[] Packed { get; }

        public int[] Sums { get; }

        public int[] Bias { get; }

        public float[] FloatBias { get; }

        public float[] Scales { get; }

        private int Height => Shape.InputHeight - Padding.Top - Padding.Bottom;

        private int Width => Shape.InputWidth - Padding.Left - Padding.Right;

        public byte[] Scratch()
        {
            var scratch = new byte[(int)ConvInt8.ScratchLength(Shape)];
            Array.Fill(scratch, (byte)0xA5);
            return scratch;
        }

        public void Fill(sbyte weight)
        {
            Array.Fill(weights, weight);
            ConvInt8.Pack(weights, Packed, Shape);
            ConvInt8.ColumnSums(weights, Sums, Shape);
        }

        public void Run(IsaLevel level, ReadOnlySpan<byte> x, Span<byte> scratch, Span<byte> y) =>
            ConvInt8.RunOn(level, x, Packed, Bias, Scales, scratch, y, Batch, Shape, Padding, ZeroPoint, Output);

        public void RunWinograd(IsaLevel level, ReadOnlySpan<byte> x, Span<byte> scratch, Span<byte> y) =>
            ConvInt8.RunWinogradOn(level, x, Packed, Transformed(), Bias, Scales, scratch, y, Batch, Shape, Padding, ZeroPoint, Output);

        public short[] Transformed()
        {
            var transformed = new short[ConvInt8.TransformedLength(Shape)];
            WinogradInt8.Transform(Isa.Best, Packed, transformed, Shape);
            return transformed;
        }

        /// <summary>The largest of each 2x2 outputs.</summary>
        public byte[] Pooled()
        {
            var pooled = new byte[Count / 4];
            var (height, width) = (Shape.OutputHeight, Shape.OutputWidth);
            MaxPool.Reference<byte>(Naive(), pooled, Batch, new PoolShape(height, width, Shape.OutputChannels, 2, 2, 2, 2, 1, 1, 0, 0, 0, 0, height / 2, width / 2));
            return pooled;
        }

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
                                var line = (oy * s.StrideY) + (ky * s.DilationY) - Padding.Top;
                                var column = (ox * s.StrideX) + (kx * s.DilationX) - Padding.Left;
                                var pixel = (((image * Height) + line) * Width) + column;
                                var isInside = line >= 0 && line < Height && column >= 0 && column < Width;
                                var input = isInside ? X[(pixel * s.InputChannels) + (o / groupOutputs * groupInputs) + c] : ZeroPoint;
                                sum += input * weights[(o * Depth) + i];
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
