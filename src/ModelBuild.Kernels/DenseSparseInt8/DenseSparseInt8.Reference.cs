using System;

namespace ModelBuild.Kernels;

/// <content>The same layer in plain loops.</content>
internal static partial class DenseSparseInt8
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<byte> x, // [rows, inputs]
        ReadOnlySpan<sbyte> weights, // [blocks, 16, 4]
        ReadOnlySpan<ushort> indices, // [blocks]
        ReadOnlySpan<int> starts, // [panels + 1]
        ReadOnlySpan<int> bias, // [outputs]
        ReadOnlySpan<float> scales, // [outputs]
        Span<byte> y, // [rows, outputs]
        int rows,
        in DenseShape shape,
        in Requantize output)
    {
        for (int i = 0; i < rows * shape.Outputs; i++)
        {
            (int row, int n) = int.DivRem(i, shape.Outputs);
            y[i] = output.Apply(bias[n] + Sum(x.Slice(row * shape.Inputs, shape.Inputs), weights, indices, starts, n), scales[n]);
        }
    }

    /// <summary>What <see cref="RunToF32"/> computes.</summary>
    public static void ReferenceToF32(
        ReadOnlySpan<byte> x, // [rows, inputs]
        ReadOnlySpan<sbyte> weights, // [blocks, 16, 4]
        ReadOnlySpan<ushort> indices, // [blocks]
        ReadOnlySpan<int> starts, // [panels + 1]
        ReadOnlySpan<int> bias, // [outputs]
        ReadOnlySpan<float> scales, // [outputs]
        Span<float> y, // [rows, outputs]
        int rows,
        in DenseShape shape,
        float min,
        float max)
    {
        var output = new TileInt8FloatOutput(min, max);
        for (int i = 0; i < rows * shape.Outputs; i++)
        {
            (int row, int n) = int.DivRem(i, shape.Outputs);
            y[i] = output.Apply(bias[n] + Sum(x.Slice(row * shape.Inputs, shape.Inputs), weights, indices, starts, n), scales[n]);
        }
    }

    private static int Sum(ReadOnlySpan<byte> x, ReadOnlySpan<sbyte> weights, ReadOnlySpan<ushort> indices, ReadOnlySpan<int> starts, int n)
    {
        int sum = 0;
        for (int block = starts[n / TileInt8Layout.PanelOutputs]; block < starts[(n / TileInt8Layout.PanelOutputs) + 1]; block++)
        {
            int first = indices[block] * TileInt8Layout.GroupInputs;
            ReadOnlySpan<sbyte> group = weights[((block * TileInt8Layout.StepBytes) + (n % TileInt8Layout.PanelOutputs * TileInt8Layout.GroupInputs))..];
            for (int i = 0; i < int.Min(TileInt8Layout.GroupInputs, x.Length - first); i++)
            {
                sum += x[first + i] * group[i];
            }
        }

        return sum;
    }
}
