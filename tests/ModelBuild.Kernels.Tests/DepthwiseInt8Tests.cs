using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class DepthwiseInt8Tests
{
    private const int InputZeroPoint = 83;

    private static readonly Requantize Output = new(9, 4, 251);

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void All_geometries_give_the_bits_of_an_unpacked_convolution(int level)
    {
        foreach (var channels in new[] { 1, 3, 8, 15, 16, 17, 24, 32, 40 })
        {
            foreach (var shape in Shapes(channels))
            {
                Compare((IsaLevel)level, shape, batch: channels is 3 or 8 or 17 ? 2 : 1);
            }
        }
    }

    [Fact]
    public void Steps_of_bytes_give_the_bits_of_an_unpacked_convolution()
    {
        if (!Avx2.IsSupported)
        {
            return;
        }

        foreach (var channels in new[] { 3, 8, 16, 24 })
        {
            foreach (var shape in Shapes(channels))
            {
                Compare(IsaLevel.Avx2, shape, batch: 1, isEmulated: true);
            }
        }
    }

    [Fact]
    public void Steps_of_bytes_take_extreme_values()
    {
        if (Avx2.IsSupported)
        {
            Compare(IsaLevel.Avx2, new(9, 9, 16, 7, 7, 1, 1, 1, 1, 3, 3, 9, 9), batch: 1, isEmulated: true, extreme: true);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Extreme_values_give_exact_sums(int level)
    {
        // 255 * -128 in every tap of the filter is the sum that is largest in magnitude.
        foreach (var channels in new[] { 8, 16 })
        {
            var shape = new DepthwiseShape(9, 9, channels, 7, 7, 1, 1, 1, 1, 3, 3, 9, 9);
            Compare((IsaLevel)level, shape, batch: 1, extreme: true);
            Compare((IsaLevel)level, shape with { StrideY = 2, OutputHeight = 5 }, batch: 1, extreme: true);
        }
    }

    private static DepthwiseShape[] Shapes(int channels) =>
    [
        new(7, 7, channels, 3, 3, 1, 1, 1, 1, 1, 1, 7, 7),
        new(8, 9, channels, 3, 3, 2, 2, 1, 1, 0, 0, 4, 5),
        new(6, 6, channels, 5, 5, 1, 1, 1, 1, 2, 2, 6, 6),
        new(9, 6, channels, 3, 2, 1, 1, 2, 3, 2, 1, 9, 5),
        new(1, 12, channels, 1, 9, 1, 1, 1, 1, 0, 4, 1, 12),
        new(12, 1, channels, 8, 1, 3, 1, 1, 1, 3, 0, 4, 1),
        new(2, 2, channels, 3, 3, 1, 1, 1, 1, 3, 3, 6, 6),
        new(5, 71, channels, 3, 3, 1, 1, 1, 1, 1, 1, 5, 71),
        new(11, 68, channels, 3, 3, 2, 2, 1, 1, 1, 0, 6, 34),
        new(13, 5, channels, 4, 3, 1, 1, 1, 1, 1, 1, 12, 5),
        new(20, 9, channels, 7, 7, 3, 1, 1, 1, 3, 3, 7, 9),
        new(14, 40, channels, 3, 3, 1, 1, 2, 2, 2, 2, 14, 40),
        new(19, 19, channels, 16, 17, 1, 1, 1, 1, 0, 0, 4, 3),
        new(6, 150, channels, 2, 66, 1, 2, 1, 1, 0, 9, 5, 50),
        new(4, 700, channels, 3, 3, 1, 1, 1, 300, 1, 0, 4, 100),
        new(3, 3, channels, 3, 3, 1, 1, 1, 1, 0, 0, 1, 0),
        new(0, 3, channels, 2, 2, 1, 1, 1, 1, 1, 1, 1, 4),
    ];

    private static void Compare(IsaLevel level, DepthwiseShape shape, int batch, bool isEmulated = false, bool extreme = false)
    {
        var context = $"{level}, {batch} x {shape}";
        var taps = shape.KernelHeight * shape.KernelWidth;
        var weights = Int8Samples.Weights(shape.Channels * taps, 1);
        var bias = Int8Samples.Biases(shape.Channels, 2);
        var scales = Int8Samples.Scales(shape.Channels, taps, 3);
        var inputs = Int8Samples.Bytes(batch * shape.InputHeight * shape.InputWidth * shape.Channels, 4);
        if (extreme)
        {
            Array.Fill(weights, (sbyte)-128);
            Array.Fill(inputs, (byte)255);
        }

        using var x = new PageEnd(inputs);
        var packed = new sbyte[DepthwiseInt8.PackedLength(shape)];
        DepthwiseInt8.Pack(weights, packed, shape);
        var packedBias = new int[DepthwiseInt8.PackedOutputs(shape)];
        DepthwiseInt8.PackOutputs<int>(bias, packedBias, shape);
        var packedScales = new float[DepthwiseInt8.PackedOutputs(shape)];
        DepthwiseInt8.PackOutputs<float>(scales, packedScales, shape);

        var y = new Guarded<byte>(batch * shape.OutputHeight * shape.OutputWidth * shape.Channels);
        if (isEmulated)
        {
            DepthwiseInt8.Bands<EmulatedDepthwiseBytes, Vector256<int>, Vector256<byte>>(
                level, x.Span, packed, packedBias, packedScales, y.Span, batch, shape, InputZeroPoint, Output);
        }
        else
        {
            DepthwiseInt8.RunOn(level, x.Span, packed, packedBias, packedScales, y.Span, batch, shape, InputZeroPoint, Output);
        }

        Bits.ShouldEqual<byte>(y.Span, Naive(inputs, weights, bias, scales, batch, shape), context);
        y.AssertIntact(context);
    }

    /// <summary>The convolution from the ONNX weights, over an input that is padded in memory.</summary>
    private static byte[] Naive(byte[] x, sbyte[] weights, int[] bias, float[] scales, int batch, DepthwiseShape s)
    {
        var (height, width) = (s.InputHeight + 16, s.InputWidth + 16);
        var padded = new byte[batch * height * width * s.Channels];
        Array.Fill(padded, (byte)InputZeroPoint);
        for (var line = 0; line < batch * s.InputHeight; line++)
        {
            var (image, row) = Math.DivRem(line, s.InputHeight);
            var target = ((((image * height) + row + 8) * width) + 8) * s.Channels;
            Array.Copy(x, line * s.InputWidth * s.Channels, padded, target, s.InputWidth * s.Channels);
        }

        var y = new byte[batch * s.OutputHeight * s.OutputWidth * s.Channels];
        for (var i = 0; i < y.Length; i++)
        {
            var (pixel, c) = Math.DivRem(i, s.Channels);
            var (line, ox) = Math.DivRem(pixel, s.OutputWidth);
            var (image, oy) = Math.DivRem(line, s.OutputHeight);
            var sum = bias[c];
            for (var ky = 0; ky < s.KernelHeight; ky++)
            {
                for (var kx = 0; kx < s.KernelWidth; kx++)
                {
                    var row = (image * height) + (oy * s.StrideY) - s.PadTop + (ky * s.DilationY) + 8;
                    var column = (ox * s.StrideX) - s.PadLeft + (kx * s.DilationX) + 8;
                    sum += padded[(((row * width) + column) * s.Channels) + c] * weights[(((c * s.KernelHeight) + ky) * s.KernelWidth) + kx];
                }
            }

            y[i] = Output.Apply(sum, scales[c]);
        }

        return y;
    }
}
