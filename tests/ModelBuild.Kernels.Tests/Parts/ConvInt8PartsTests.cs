using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests.Parts;

/// <summary>The parts of 8-bit convolutions, whose kernel does the padding, on every instruction set and with little and much scratch memory.</summary>
public sealed class ConvInt8PartsTests
{
    private const byte ZeroPoint = 77;
    private static readonly Requantize Output = new(9, 4, 251);
    private static readonly ResidualAdd Add = new(0.7f, 11, 0.5f, 130, 20, 20, 240);
    private static readonly float[] InputScale = [0.02f];
    private static readonly byte[] InputZeroPoint = [ZeroPoint];

    private static readonly (ConvShape Shape, ImagePadding Padding)[] PaddedShapes =
    [
        (new(11, 9, 5, 3, 3, 1, 1, 1, 1, 9, 7, 37, 1), new(1, 1, 1, 1)),
        (new(13, 12, 3, 3, 3, 2, 2, 1, 1, 6, 5, 16, 1), new(0, 2, 1, 0)),
        (new(15, 9, 6, 3, 3, 2, 1, 2, 2, 6, 5, 8, 2), new(2, 0, 3, 4)),
        (new(12, 14, 1, 5, 5, 1, 1, 1, 1, 8, 10, 16, 1), new(2, 2, 2, 2)),
        (new(7, 9, 7, 1, 1, 1, 1, 1, 1, 7, 9, 33, 1), new(1, 2, 1, 0)),
        (new(1, 40, 7, 1, 5, 1, 3, 1, 1, 1, 12, 9, 1), new(0, 2, 0, 2)),

        // Rows, and whole parts, that read nothing but padding above or below.
        (new(14, 5, 2, 3, 3, 1, 1, 1, 1, 12, 3, 18, 1), new(6, 1, 6, 1)),
        (new(11, 4, 3, 2, 2, 2, 2, 1, 1, 5, 2, 5, 1), new(0, 0, 9, 1)),
    ];

    private static readonly (ConvShape Shape, ImagePadding Padding)[] WinogradShapes =
    [
        (new(10, 10, 16, 3, 3, 1, 1, 1, 1, 8, 8, 16, 1), new(1, 1, 1, 1)),
        (new(15, 9, 32, 3, 3, 1, 1, 1, 1, 13, 7, 40, 1), new(1, 1, 1, 1)),
        (new(7, 7, 48, 3, 3, 1, 1, 1, 1, 5, 5, 19, 1), default),
        (new(3, 3, 16, 3, 3, 1, 1, 1, 1, 1, 1, 33, 1), new(1, 1, 1, 1)),
        (new(16, 12, 16, 3, 3, 1, 1, 1, 1, 14, 10, 24, 1), new(5, 0, 6, 3)),
        (new(14, 12, 16, 5, 5, 1, 1, 1, 1, 10, 8, 19, 1), new(2, 2, 2, 2)),
        (new(9, 9, 32, 5, 5, 1, 1, 1, 1, 5, 5, 16, 1), default),
    ];

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Convolution(int level)
    {
        foreach (var (shape, padding) in FloatPartsTests.ConvShapes.Select(shape => (shape, default(ImagePadding))).Concat(PaddedShapes))
        {
            for (var batch = 1; batch <= 3; batch++)
            {
                var least = ConvInt8Band.ScratchOf(1, sizeof(short), shape);
                foreach (var scratch in new[] { least, (2 * least) + 100, (int)ConvInt8.ScratchLength(shape), PartsCheck.MostParts * (least + Share.Line) })
                {
                    CheckRun((IsaLevel)level, (IsaLevel)level, batch, shape, padding, scratch);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Winograd(int level)
    {
        foreach (var (shape, padding) in WinogradShapes)
        {
            ConvInt8.CanUseWinograd(shape).ShouldBeTrue();
            for (var batch = 1; batch <= 3; batch++)
            {
                var least = ConvInt8Band.ScratchOf(int.Min(WinogradInt8.TileLines(shape), shape.OutputHeight), sizeof(short), shape) + (int)WinogradInt8.ExtraScratch(shape);
                foreach (var scratch in new[] { least, (int)ConvInt8.WinogradScratchLength(shape), PartsCheck.MostParts * (least + Share.Line) })
                {
                    CheckWinograd((IsaLevel)level, (IsaLevel)level, batch, shape, padding, scratch);
                }
            }
        }
    }

    // A precompiled program may change the instruction set while a step is under way (LateAvx512).
    [Fact]
    public void Parts_may_run_on_different_instruction_sets()
    {
        foreach (var (isa, other) in IsaLevels.Changes)
        {
            foreach (var (shape, padding) in PaddedShapes)
            {
                CheckRun(isa, other, 2, shape, padding, 3 * (ConvInt8Band.ScratchOf(1, sizeof(short), shape) + Share.Line));
            }

            // Which layers use transformed weights is decided for both alike.
            foreach (var (shape, padding) in WinogradShapes.Where(layer => WinogradInt8.IsUsedOn(isa, layer.Shape) == WinogradInt8.IsUsedOn(other, layer.Shape)))
            {
                CheckWinograd(isa, other, 2, shape, padding, (int)ConvInt8.WinogradScratchLength(shape));
            }
        }
    }

    [Theory]
    [InlineData(1000, 0, 3, 3)]
    [InlineData(1000, 1, 3, 3)]
    [InlineData(1000, 320, 3, 3)]
    [InlineData(1000, 321, 3, 2)]
    [InlineData(1000, 700, 3, 1)]
    [InlineData(100, 700, 3, 1)]
    public void Slices_of_scratch_are_long_enough_and_apart(int length, int least, int parts, int working)
    {
        var end = 0;
        for (var part = 0; part < parts; part++)
        {
            var share = ScratchShare.Of(length, least, part, parts);
            share.Parts.ShouldBe(working);
            share.IsIdle.ShouldBe(part >= working);
            if (!share.IsIdle)
            {
                share.Begin.ShouldBe(end);
                (share.Begin % Share.Line).ShouldBe(0);
                share.Length.ShouldBeGreaterThanOrEqualTo(working == 1 ? length : least);
                end = share.Begin + share.Length;
            }
        }

        end.ShouldBeLessThanOrEqualTo(length);
    }

    private static void CheckRun(IsaLevel isa, IsaLevel oddParts, int batch, ConvShape shape, ImagePadding padding, int scratchLength)
    {
        var (context, layer) = ($"{isa}, {oddParts}, {batch} x {shape}, {padding}, {scratchLength} bytes of scratch", new Layer(batch, shape, padding));
        var (x, weights, bias, scales, residual) = (layer.X, layer.Weights, layer.Bias, layer.Scales, layer.Residual);
        var (count, scratch, one) = (layer.Count, new Guarded<byte>(scratchLength), new byte[(int)ConvInt8.ScratchLength(shape)]);
        PartsCheck.Equal<byte>(
            count,
            context,
            y => ConvInt8.RunOn(isa, x.Span, weights, bias, scales, one, y, batch, shape, padding, ZeroPoint, Output),
            (y, part, parts) => ConvInt8Parts.RunOn(OfPart(isa, oddParts, part), x.Span, weights, bias, scales, scratch.Span, y, batch, shape, padding, ZeroPoint, Output, part, parts));
        PartsCheck.Equal<byte>(
            count,
            context + " with residual",
            y => ConvInt8.RunResidualOn(isa, x.Span, weights, bias, scales, residual.Span, one, y, batch, shape, padding, ZeroPoint, Output, Add),
            (y, part, parts) => ConvInt8Parts.RunResidualOn(
                OfPart(isa, oddParts, part), x.Span, weights, bias, scales, residual.Span, scratch.Span, y, batch, shape, padding, ZeroPoint, Output, Add, part, parts));
        PartsCheck.Equal<float>(
            count,
            context + " to floats",
            y => ConvInt8.RunToF32On(isa, x.Span, weights, bias, scales, one, y, batch, shape, padding, ZeroPoint, -50f, 70f),
            (y, part, parts) => ConvInt8Parts.RunToF32On(OfPart(isa, oddParts, part), x.Span, weights, bias, scales, scratch.Span, y, batch, shape, padding, ZeroPoint, -50f, 70f, part, parts));
        PartsCheck.Equal<float>(
            count,
            context + " with dynamic ranges",
            y => ConvInt8.RunDynamicOn(isa, x.Span, weights, layer.Sums, layer.FloatBias, scales, InputScale, InputZeroPoint, one, y, batch, shape, padding, -50f, 70f),
            (y, part, parts) => ConvInt8Parts.RunDynamicOn(
                OfPart(isa, oddParts, part), x.Span, weights, layer.Sums, layer.FloatBias, scales, InputScale, InputZeroPoint, scratch.Span, y, batch, shape, padding, -50f, 70f, part, parts));
        var (stride, offset) = (shape.OutputChannels + 5, 2);
        PartsCheck.Equal<byte>(
            count / shape.OutputChannels * stride,
            context + " into a concatenation",
            y => ConvInt8.RunIntoOn(isa, x.Span, weights, bias, scales, one, y, batch, shape, padding, ZeroPoint, Output, stride, offset),
            (y, part, parts) =>
            {
                ConvInt8Parts.RunIntoOn(OfPart(isa, oddParts, part), x.Span, weights, bias, scales, scratch.Span, y, batch, shape, padding, ZeroPoint, Output, stride, offset, part, parts);
                PartsCheck.ClearOthers(y, shape.OutputChannels, stride, offset);
            });
        if (ConvInt8.CanPool(shape))
        {
            var pooled = new Guarded<byte>(int.Max(scratchLength, ConvInt8Band.ScratchOf(2, sizeof(short), shape)));
            PartsCheck.Equal<byte>(
                count / 4,
                context + " pooled",
                y => ConvInt8.RunPooledOn(isa, x.Span, weights, bias, scales, one, y, batch, shape, padding, ZeroPoint, Output),
                (y, part, parts) => ConvInt8Parts.RunPooledOn(OfPart(isa, oddParts, part), x.Span, weights, bias, scales, pooled.Span, y, batch, shape, padding, ZeroPoint, Output, part, parts));
            pooled.AssertIntact(context);
        }

        scratch.AssertIntact(context);
    }

    private static void CheckWinograd(IsaLevel isa, IsaLevel oddParts, int batch, ConvShape shape, ImagePadding padding, int scratchLength)
    {
        var (context, layer) = ($"{isa}, {oddParts}, {batch} x {shape}, {padding}, {scratchLength} bytes of scratch", new Layer(batch, shape, padding));
        var (x, weights, bias, scales, residual) = (layer.X, layer.Weights, layer.Bias, layer.Scales, layer.Residual);
        var (count, scratch, one) = (layer.Count, new Guarded<byte>(scratchLength), new byte[(int)ConvInt8.ScratchLength(shape)]);
        var transformed = new short[ConvInt8.TransformedLength(shape)];
        WinogradInt8.Transform(Isa.Best, weights, transformed, shape);

        // The bits are those of the plain sum.
        PartsCheck.Equal<byte>(
            count,
            context,
            y => ConvInt8.RunOn(isa, x.Span, weights, bias, scales, one, y, batch, shape, padding, ZeroPoint, Output),
            (y, part, parts) => ConvInt8Parts.RunWinogradOn(
                OfPart(isa, oddParts, part), x.Span, weights, transformed, bias, scales, scratch.Span, y, batch, shape, padding, ZeroPoint, Output, part, parts));
        PartsCheck.Equal<byte>(
            count,
            context + " with residual",
            y => ConvInt8.RunResidualOn(isa, x.Span, weights, bias, scales, residual.Span, one, y, batch, shape, padding, ZeroPoint, Output, Add),
            (y, part, parts) => ConvInt8Parts.RunWinogradResidualOn(
                OfPart(isa, oddParts, part), x.Span, weights, transformed, bias, scales, residual.Span, scratch.Span, y, batch, shape, padding, ZeroPoint, Output, Add, part, parts));
        if (ConvInt8.CanPool(shape))
        {
            PartsCheck.Equal<byte>(
                count / 4,
                context + " pooled",
                y => ConvInt8.RunPooledOn(isa, x.Span, weights, bias, scales, one, y, batch, shape, padding, ZeroPoint, Output),
                (y, part, parts) => ConvInt8Parts.RunWinogradPooledOn(
                    OfPart(isa, oddParts, part), x.Span, weights, transformed, bias, scales, scratch.Span, y, batch, shape, padding, ZeroPoint, Output, part, parts));
        }

        var (stride, offset) = (shape.OutputChannels + 5, 2);
        PartsCheck.Equal<byte>(
            count / shape.OutputChannels * stride,
            context + " into a concatenation",
            y => ConvInt8.RunIntoOn(isa, x.Span, weights, bias, scales, one, y, batch, shape, padding, ZeroPoint, Output, stride, offset),
            (y, part, parts) =>
            {
                ConvInt8Parts.RunWinogradIntoOn(
                    OfPart(isa, oddParts, part), x.Span, weights, transformed, bias, scales, scratch.Span, y, batch, shape, padding, ZeroPoint, Output, stride, offset, part, parts);
                PartsCheck.ClearOthers(y, shape.OutputChannels, stride, offset);
            });
        scratch.AssertIntact(context);
    }

    private static IsaLevel OfPart(IsaLevel isa, IsaLevel oddParts, int part) => part % 2 == 0 ? isa : oddParts;

    /// <summary>A layer with all its operands.</summary>
    private sealed class Layer
    {
        public Layer(int batch, ConvShape shape, ImagePadding padding)
        {
            var depth = shape.InputChannels / shape.Groups * shape.KernelHeight * shape.KernelWidth;
            var plain = Int8Samples.Weights(shape.OutputChannels * depth, 1);
            var (height, width) = (shape.InputHeight - padding.Top - padding.Bottom, shape.InputWidth - padding.Left - padding.Right);
            Count = batch * shape.OutputHeight * shape.OutputWidth * shape.OutputChannels;
            X = new Guarded<byte>(Int8Samples.Bytes(batch * height * width * shape.InputChannels, 2));
            Residual = new Guarded<byte>(Int8Samples.Bytes(Count, 6));
            ConvInt8.Pack(plain, Weights = new sbyte[ConvInt8.PackedLength(shape)], shape);
            ConvInt8.ColumnSums(plain, Sums = new int[ConvInt8.PackedOutputs(shape)], shape);
            ConvInt8.PackOutputs<int>(Int8Samples.Biases(shape.OutputChannels, 3), Bias = new int[ConvInt8.PackedOutputs(shape)], shape);
            ConvInt8.PackOutputs<float>(Int8Samples.Floats(shape.OutputChannels, 3f, 4), FloatBias = new float[ConvInt8.PackedOutputs(shape)], shape);
            ConvInt8.PackOutputs<float>(Int8Samples.Scales(shape.OutputChannels, depth, 5), Scales = new float[ConvInt8.PackedOutputs(shape)], shape);
        }

        public int Count { get; }

        public Guarded<byte> X { get; }

        public Guarded<byte> Residual { get; }

        public sbyte[] Weights { get; }

        public int[] Sums { get; }

        public int[] Bias { get; }

        public float[] FloatBias { get; }

        public float[] Scales { get; }
    }
}
