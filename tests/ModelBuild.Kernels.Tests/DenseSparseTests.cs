using System;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class DenseSparseTests
{
    private static readonly int[] Inputs = [1, 3, 4, 6, 17, 64, 107];
    private static readonly int[] Outputs = [1, 7, 16, 17, 33, 64, 70, 130];

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Pruned_float_layers_give_the_bits_of_the_dense_sum(int level)
    {
        foreach (var inputs in Inputs)
        {
            foreach (var outputs in Outputs)
            {
                foreach (var keep in new[] { 0, 30, 100 })
                {
                    Float((IsaLevel)level, new DenseShape(inputs, outputs), keep);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Pruned_8_bit_layers_give_the_bits_of_the_dense_layer(int level)
    {
        foreach (var inputs in Inputs)
        {
            foreach (var outputs in Outputs)
            {
                foreach (var keep in new[] { 0, 30, 100 })
                {
                    Bytes((IsaLevel)level, new DenseShape(inputs, outputs), keep);
                }
            }
        }
    }

    private static void Float(IsaLevel level, DenseShape shape, int keep)
    {
        const int rows = 2;
        var weights = Int8Samples.Floats(shape.Inputs * shape.Outputs, 1f, 1);
        Prune(weights, shape, blockInputs: 1, keep);
        var blocks = DenseSparseF32.CountBlocks(weights, shape);
        var packed = new float[16 * blocks];
        var indices = new ushort[blocks];
        var starts = new int[DenseSparseF32.PackedStarts(shape)];
        DenseSparseF32.Pack(weights, packed, indices, starts, shape);
        var bias = new float[DenseSparseF32.PackedOutputs(shape)];
        Int8Samples.Floats(shape.Outputs, 1f, 2).CopyTo(bias, 0);
        var x = new Guarded<float>(Int8Samples.Floats(rows * shape.Inputs, 2f, 3));

        var expected = new float[rows * shape.Outputs];
        for (var i = 0; i < expected.Length; i++)
        {
            var (row, n) = Math.DivRem(i, shape.Outputs);
            var sum = bias[n];
            for (var k = 0; k < shape.Inputs; k++)
            {
                sum = MathF.FusedMultiplyAdd(x.Span[(row * shape.Inputs) + k], weights[(k * shape.Outputs) + n], sum);
            }

            expected[i] = Math.Clamp(sum, -1.5f, 2.5f);
        }

        var y = new Guarded<float>(expected.Length);
        DenseSparseF32.RunOn(level, x.Span, packed, indices, starts, bias, y.Span, rows, shape, -1.5f, 2.5f);
        Bits.ShouldEqual<float>(y.Span, expected, $"{shape}, {keep} % kept");
        y.AssertIntact();
    }

    private static void Bytes(IsaLevel level, DenseShape shape, int keep)
    {
        const int rows = 2;
        var weights = Int8Samples.Weights(shape.Inputs * shape.Outputs, 1);
        Prune(weights, shape, blockInputs: 4, keep);
        var blocks = DenseSparseInt8.CountBlocks(weights, shape);
        var packed = new sbyte[64 * blocks];
        var indices = new ushort[blocks];
        var starts = new int[DenseSparseInt8.PackedStarts(shape)];
        DenseSparseInt8.Pack(weights, packed, indices, starts, shape);
        var dense = new sbyte[DenseInt8.PackedLength(shape)];
        DenseInt8.Pack(weights, dense, shape);
        var bias = new int[DenseInt8.PackedOutputs(shape)];
        DenseInt8.PackOutputs<int>(Int8Samples.Biases(shape.Outputs, 2), bias, shape);
        var scales = new float[DenseInt8.PackedOutputs(shape)];
        DenseInt8.PackOutputs<float>(Int8Samples.Scales(shape.Outputs, shape.Inputs, 3), scales, shape);
        using var x = new PageEnd(Int8Samples.Bytes(rows * shape.Inputs, 4));
        var output = new Requantize(9, 4, 251);
        var context = $"{shape}, {keep} % kept";

        var expected = new byte[rows * shape.Outputs];
        DenseInt8.Reference(x.Span, dense, bias, scales, expected, rows, shape, output);
        var y = new Guarded<byte>(expected.Length);
        DenseSparseInt8.RunOn(level, x.Span, packed, indices, starts, bias, scales, y.Span, rows, shape, output);
        Bits.ShouldEqual<byte>(y.Span, expected, context);
        y.AssertIntact();

        var expectedFloats = new float[expected.Length];
        DenseInt8.ReferenceToF32(x.Span, dense, bias, scales, expectedFloats, rows, shape, -50f, 70f);
        var floats = new Guarded<float>(expected.Length);
        DenseSparseInt8.RunToF32On(level, x.Span, packed, indices, starts, bias, scales, floats.Span, rows, shape, -50f, 70f);
        Bits.ShouldEqual<float>(floats.Span, expectedFloats, context);
        floats.AssertIntact();
    }

    /// <summary>Clears blocks of <paramref name="blockInputs"/> by sixteen outputs, all but about <paramref name="keep"/> percent of them.</summary>
    private static void Prune<T>(T[] weights, DenseShape shape, int blockInputs, int keep)
    {
        var random = new Random(7);
        for (var k = 0; k < shape.Inputs; k += blockInputs)
        {
            for (var n = 0; n < shape.Outputs; n += 16)
            {
                if (random.Next(100) >= keep)
                {
                    for (var i = k; i < Math.Min(k + blockInputs, shape.Inputs); i++)
                    {
                        Array.Clear(weights, (i * shape.Outputs) + n, Math.Min(16, shape.Outputs - n));
                    }
                }
            }
        }
    }
}
