using Xunit;

namespace ModelBuild.Kernels.Tests.Parts;

/// <summary>The parts of kernels of floats, on every instruction set and on sizes that do not divide evenly.</summary>
public sealed class FloatPartsTests
{
    private const float Max = 40f;

    public static TheoryData<int> Levels => IsaLevels.Theory;

    internal static readonly ConvShape[] ConvShapes =
    [
        new(11, 9, 5, 3, 3, 1, 1, 1, 1, 9, 7, 37, 1),
        new(13, 12, 3, 3, 3, 2, 2, 1, 1, 6, 5, 16, 1),
        new(5, 7, 20, 1, 1, 1, 1, 1, 1, 5, 7, 33, 1),
        new(9, 9, 6, 3, 3, 1, 1, 2, 2, 5, 5, 8, 2),
        new(1, 40, 7, 1, 5, 1, 3, 1, 1, 1, 12, 9, 1),
        new(7, 1, 4, 3, 1, 2, 1, 1, 1, 3, 1, 18, 1),
        new(3, 3, 70, 3, 3, 1, 1, 1, 1, 1, 1, 65, 1),
        new(1, 1, 5, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1),
        new(14, 12, 1, 5, 5, 1, 1, 1, 1, 10, 8, 17, 1),
        new(6, 4, 3, 1, 1, 1, 1, 1, 1, 6, 4, 9, 1),
    ];

    internal static readonly DepthwiseShape[] DepthwiseShapes =
    [
        new(9, 8, 19, 3, 3, 1, 1, 1, 1, 1, 1, 9, 8),
        new(10, 7, 33, 3, 3, 2, 2, 1, 1, 1, 1, 5, 4),
        new(6, 5, 17, 5, 3, 1, 1, 1, 1, 4, 1, 10, 5),
        new(8, 8, 16, 3, 3, 1, 2, 2, 2, 2, 2, 8, 4),
        new(1, 9, 20, 1, 3, 1, 1, 1, 1, 0, 1, 1, 9),
        new(9, 8, 3, 3, 3, 1, 1, 1, 1, 1, 1, 9, 8),
        new(7, 40, 8, 3, 3, 1, 1, 1, 1, 1, 1, 7, 40),
        new(9, 7, 15, 3, 3, 2, 2, 1, 1, 1, 1, 5, 4),
    ];

    internal static readonly PoolShape[] PoolShapes =
    [
        new(9, 8, 19, 2, 2, 2, 2, 1, 1, 0, 0, 0, 0, 4, 4),
        new(10, 7, 33, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 5, 4),
        new(7, 7, 5, 3, 3, 1, 1, 2, 2, 2, 2, 2, 2, 7, 7),
        new(3, 4, 8, 4, 2, 1, 1, 1, 1, 3, 1, 3, 1, 6, 5),
    ];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Convolution(int level)
    {
        foreach (var shape in ConvShapes)
        {
            for (var batch = 1; batch <= 3; batch++)
            {
                var count = batch * shape.OutputHeight * shape.OutputWidth * shape.OutputChannels;
                var x = new Guarded<float>(FloatSamples.Tame(batch * shape.InputHeight * shape.InputWidth * shape.InputChannels, 1));
                var residual = new Guarded<float>(FloatSamples.Tame(count, 2));
                var weights = new float[ConvF32.PackedLength(shape)];
                ConvF32.Pack(FloatSamples.Tame(shape.OutputChannels * (shape.InputChannels / shape.Groups) * shape.KernelHeight * shape.KernelWidth, 3), shape, weights);
                var bias = new float[ConvF32.PackedBiasLength(shape)];
                ConvF32.PackBias(FloatSamples.Tame(shape.OutputChannels, 4), shape, bias);
                var (isa, images, context) = ((IsaLevel)level, batch, $"{(IsaLevel)level}, {batch} x {shape}");
                PartsCheck.Equal<float>(
                    count,
                    context,
                    y => ConvF32.RunOn(isa, x.Span, weights, bias, y, images, shape, -Max, Max),
                    (y, part, parts) => ConvF32Parts.RunOn(isa, x.Span, weights, bias, y, images, shape, -Max, Max, part, parts));
                PartsCheck.Equal<float>(
                    count,
                    context + " with residual",
                    y => ConvF32.RunResidualOn(isa, x.Span, weights, bias, residual.Span, y, images, shape, -Max, Max),
                    (y, part, parts) => ConvF32Parts.RunResidualOn(isa, x.Span, weights, bias, residual.Span, y, images, shape, -Max, Max, part, parts));
                var (stride, offset) = (shape.OutputChannels + 5, 2);
                PartsCheck.Equal<float>(
                    count / shape.OutputChannels * stride,
                    context + " into a concatenation",
                    y => ConvF32.RunIntoOn(isa, x.Span, weights, bias, y, images, shape, -Max, Max, stride, offset),
                    (y, part, parts) =>
                    {
                        ConvF32Parts.RunIntoOn(isa, x.Span, weights, bias, y, images, shape, -Max, Max, stride, offset, part, parts);
                        PartsCheck.ClearOthers(y, shape.OutputChannels, stride, offset);
                    });
                if (ConvF32.CanPool(shape))
                {
                    PartsCheck.Equal<float>(
                        count / 4,
                        context + " pooled",
                        y => ConvF32.RunPooledOn(isa, x.Span, weights, bias, y, images, shape, -Max, Max),
                        (y, part, parts) => ConvF32Parts.RunPooledOn(isa, x.Span, weights, bias, y, images, shape, -Max, Max, part, parts));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Convolution_of_Winograd(int level)
    {
        WinogradShape[] shapes =
        [
            new(11, 9, 5, 3, 1, 1, 11, 9, 20, 6), new(30, 6, 16, 3, 0, 0, 28, 4, 32, 3), new(9, 9, 7, 5, 2, 2, 9, 9, 12, 40), new(4, 5, 3, 3, 1, 1, 4, 5, 9, 1),
            new(3, 7, 4, 3, 3, 1, 9, 7, 8, 12), new(14, 10, 3, 3, 1, 1, 14, 10, 16, 4), new(9, 8, 2, 5, 2, 2, 10, 8, 9, 5),
        ];
        foreach (var shape in shapes)
        {
            for (var batch = 1; batch <= 3; batch++)
            {
                var (isa, images, context) = ((IsaLevel)level, batch, $"{(IsaLevel)level}, {batch} x {shape}");
                var count = batch * shape.OutputHeight * shape.OutputWidth * shape.OutputChannels;
                var x = new Guarded<float>(FloatSamples.Tame(batch * shape.InputHeight * shape.InputWidth * shape.InputChannels, 1));
                var residual = new Guarded<float>(FloatSamples.Tame(count, 2));
                var weights = FloatSamples.Tame(ConvWinogradF32.TransformedLength(shape.InputChannels, shape.OutputChannels), 3);
                var bias = FloatSamples.Tame((shape.OutputChannels + 15) & -16, 4);
                var scratch = new Guarded<float>(ConvWinogradF32.ScratchLength(shape));
                PartsCheck.Equal<float>(
                    count,
                    context,
                    y => ConvWinogradF32.RunOn(isa, x.Span, weights, bias, y, scratch.Span, images, shape, -Max, Max),
                    (y, part, parts) => ConvWinogradF32Parts.RunOn(isa, x.Span, weights, bias, y, scratch.Span, images, shape, -Max, Max, part, parts));
                PartsCheck.Equal<float>(
                    count,
                    context + " with residual",
                    y => ConvWinogradF32.RunResidualOn(isa, x.Span, weights, bias, residual.Span, y, scratch.Span, images, shape, -Max, Max),
                    (y, part, parts) => ConvWinogradF32Parts.RunResidualOn(
                        isa, x.Span, weights, bias, residual.Span, y, scratch.Span, images, shape, -Max, Max, part, parts));
                var (stride, offset) = (shape.OutputChannels + 5, 2);
                PartsCheck.Equal<float>(
                    count / shape.OutputChannels * stride,
                    context + " into a concatenation",
                    y => ConvWinogradF32.RunIntoOn(isa, x.Span, weights, bias, y, scratch.Span, images, shape, -Max, Max, stride, offset),
                    (y, part, parts) =>
                    {
                        ConvWinogradF32Parts.RunIntoOn(isa, x.Span, weights, bias, y, scratch.Span, images, shape, -Max, Max, stride, offset, part, parts);
                        PartsCheck.ClearOthers(y, shape.OutputChannels, stride, offset);
                    });
                if (ConvWinogradF32.CanPool(shape))
                {
                    PartsCheck.Equal<float>(
                        count / 4,
                        context + " pooled",
                        y => ConvWinogradF32.RunPooledOn(isa, x.Span, weights, bias, y, scratch.Span, images, shape, -Max, Max),
                        (y, part, parts) => ConvWinogradF32Parts.RunPooledOn(isa, x.Span, weights, bias, y, scratch.Span, images, shape, -Max, Max, part, parts));
                }

                scratch.AssertIntact(context);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Fully_connected(int level)
    {
        foreach (var (rows, inputs, outputs) in new[] { (1, 37, 100), (1, 64, 32), (1, 5, 7), (2, 33, 150), (3, 20, 40), (6, 9, 70), (29, 17, 50), (0, 4, 4) })
        {
            var (isa, shape) = ((IsaLevel)level, new DenseShape(inputs, outputs));
            var x = new Guarded<float>(FloatSamples.Tame(rows * inputs, 1));
            var residual = new Guarded<float>(FloatSamples.Tame(rows * outputs, 2));
            var weights = new float[DenseF32.PackedLength(shape)];
            DenseF32.Pack(FloatSamples.Tame(inputs * outputs, 3), shape, weights);
            var bias = new float[DenseF32.PackedBiasLength(shape)];
            DenseF32.PackBias(FloatSamples.Tame(outputs, 4), shape, bias);
            PartsCheck.Equal<float>(
                rows * outputs,
                $"{isa}, {rows} x {shape}",
                y => DenseF32.RunOn(isa, x.Span, weights, bias, y, rows, shape, -Max, Max),
                (y, part, parts) => DenseF32Parts.RunOn(isa, x.Span, weights, bias, y, rows, shape, -Max, Max, part, parts));
            PartsCheck.Equal<float>(
                rows * outputs,
                $"{isa}, {rows} x {shape} with residual",
                y => DenseF32.RunResidualOn(isa, x.Span, weights, bias, residual.Span, y, rows, shape, -Max, Max),
                (y, part, parts) => DenseF32Parts.RunResidualOn(isa, x.Span, weights, bias, residual.Span, y, rows, shape, -Max, Max, part, parts));
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Depthwise(int level)
    {
        foreach (var shape in DepthwiseShapes)
        {
            for (var batch = 1; batch <= 3; batch++)
            {
                var (isa, images) = ((IsaLevel)level, batch);
                var x = new Guarded<float>(FloatSamples.Tame(batch * shape.InputHeight * shape.InputWidth * shape.Channels, 1));
                var weights = FloatSamples.Tame(DepthwiseF32.PackedLength(shape), 2);
                var bias = FloatSamples.Tame(shape.Channels, 3);
                PartsCheck.Equal<float>(
                    batch * shape.OutputHeight * shape.OutputWidth * shape.Channels,
                    $"{isa}, {batch} x {shape}",
                    y => DepthwiseF32.RunOn(isa, x.Span, weights, bias, y, images, shape, -Max, Max),
                    (y, part, parts) => DepthwiseF32Parts.RunOn(isa, x.Span, weights, bias, y, images, shape, -Max, Max, part, parts));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Pooling(int level)
    {
        foreach (var shape in PoolShapes)
        {
            for (var batch = 1; batch <= 3; batch++)
            {
                var (isa, images, count) = ((IsaLevel)level, batch, batch * shape.OutputHeight * shape.OutputWidth * shape.Channels);
                var x = new Guarded<float>(FloatSamples.Tame(batch * shape.InputHeight * shape.InputWidth * shape.Channels, 1));
                PartsCheck.Equal<float>(
                    count,
                    $"{isa}, largest of {batch} x {shape}",
                    y => MaxPool.RunOn<float>(isa, x.Span, y, images, shape),
                    (y, part, parts) => MaxPoolParts.RunOn<float>(isa, x.Span, y, images, shape, part, parts));
                foreach (var countPadding in new[] { false, true })
                {
                    PartsCheck.Equal<float>(
                        count,
                        $"{isa}, mean of {batch} x {shape}",
                        y => AveragePoolF32.RunOn(isa, x.Span, y, images, countPadding, shape),
                        (y, part, parts) => AveragePoolF32Parts.RunOn(isa, x.Span, y, images, countPadding, shape, part, parts));
                }
            }
        }
    }
}
