using System;

namespace ModelBuild.Kernels;

/// <content>Packing of the constants, done when the model is compiled.</content>
internal static partial class DenseSparseF32
{
    /// <summary>Length of <c>starts</c>.</summary>
    public static int PackedStarts(in DenseShape shape) => ((shape.Outputs + PanelOutputs - 1) / PanelOutputs) + 1;

    /// <summary>Length of the bias.</summary>
    public static int PackedOutputs(in DenseShape shape) => (PackedStarts(shape) - 1) * PanelOutputs;

    /// <summary>Blocks of <paramref name="weights"/> [Inputs, Outputs] that are not all zero: the length of <c>indices</c>; the weights have sixteen times as many.</summary>
    public static int CountBlocks(ReadOnlySpan<float> weights, in DenseShape shape)
    {
        int blocks = 0;
        for (int panel = 0; panel < PackedStarts(shape) - 1; panel++)
        {
            for (int k = 0; k < shape.Inputs; k++)
            {
                blocks += Block(weights, panel, k, shape).ContainsAnyExcept(0f) ? 1 : 0;
            }
        }

        return blocks;
    }

    /// <summary>Packs <paramref name="weights"/> [Inputs, Outputs] without its blocks of zeros. There are up to 65,536 inputs.</summary>
    public static void Pack(ReadOnlySpan<float> weights, Span<float> packed, Span<ushort> indices, Span<int> starts, in DenseShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Inputs, ushort.MaxValue + 1, nameof(shape));
        int count = 0;
        for (int panel = 0; panel < PackedStarts(shape) - 1; panel++)
        {
            starts[panel] = count;
            for (int k = 0; k < shape.Inputs; k++)
            {
                ReadOnlySpan<float> block = Block(weights, panel, k, shape);
                if (block.ContainsAnyExcept(0f))
                {
                    Span<float> target = packed.Slice(count * PanelOutputs, PanelOutputs);
                    target.Clear();
                    block.CopyTo(target);
                    indices[count++] = (ushort)k;
                }
            }
        }

        starts[PackedStarts(shape) - 1] = count;
    }

    /// <summary>The weights of input <paramref name="k"/> for the outputs of <paramref name="panel"/>, as many as exist.</summary>
    private static ReadOnlySpan<float> Block(ReadOnlySpan<float> weights, int panel, int k, in DenseShape shape)
    {
        int first = panel * PanelOutputs;
        return weights.Slice((k * shape.Outputs) + first, int.Min(PanelOutputs, shape.Outputs - first));
    }
}
