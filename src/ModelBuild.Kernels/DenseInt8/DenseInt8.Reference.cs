using System;

namespace ModelBuild.Kernels;

/// <content>The definition of each entry in plain loops, which is also the scalar variant.</content>
internal static partial class DenseInt8
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<byte> x, // [rows, inputs]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> bias, // [outputs]
        ReadOnlySpan<float> scales, // [outputs]
        Span<byte> y, // [rows, outputs]
        int rows,
        in DenseShape shape,
        in Requantize output)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int n = 0; n < shape.Outputs; n++)
            {
                int accumulator = bias[n] + Dot(x.Slice(row * shape.Inputs, shape.Inputs), weights, n);
                y[(row * shape.Outputs) + n] = output.Apply(accumulator, scales[n]);
            }
        }
    }

    /// <summary>What <see cref="RunToF32"/> computes.</summary>
    public static void ReferenceToF32(
        ReadOnlySpan<byte> x, // [rows, inputs]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> bias, // [outputs]
        ReadOnlySpan<float> scales, // [outputs]
        Span<float> y, // [rows, outputs]
        int rows,
        in DenseShape shape,
        float min,
        float max)
    {
        var output = new TileInt8FloatOutput(min, max);
        for (int row = 0; row < rows; row++)
        {
            for (int n = 0; n < shape.Outputs; n++)
            {
                int accumulator = bias[n] + Dot(x.Slice(row * shape.Inputs, shape.Inputs), weights, n);
                y[(row * shape.Outputs) + n] = output.Apply(accumulator, scales[n]);
            }
        }
    }

    /// <summary>What <see cref="RunDynamic"/> computes.</summary>
    public static void ReferenceDynamic(
        ReadOnlySpan<byte> x, // [rows, inputs]
        ReadOnlySpan<sbyte> weights, // packed
        ReadOnlySpan<int> columnSums, // [outputs]
        ReadOnlySpan<float> bias, // [outputs]
        ReadOnlySpan<float> weightScales, // [outputs]
        ReadOnlySpan<float> xScale, // [1]
        ReadOnlySpan<byte> xZeroPoint, // [1]
        Span<float> y, // [rows, outputs]
        int rows,
        in DenseShape shape,
        float min,
        float max)
    {
        var output = new TileInt8DynamicOutput(xScale[0], xZeroPoint[0], min, max);
        for (int row = 0; row < rows; row++)
        {
            for (int n = 0; n < shape.Outputs; n++)
            {
                int accumulator = Dot(x.Slice(row * shape.Inputs, shape.Inputs), weights, n);
                y[(row * shape.Outputs) + n] = output.Apply(accumulator, columnSums[n], weightScales[n], bias[n]);
            }
        }
    }

    private static int Dot(ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, int n)
    {
        int sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            sum += x[k] * weights[TileInt8Layout.Offset(n, tap: 0, k, taps: 1, x.Length)];
        }

        return sum;
    }
}
