using System;

namespace ModelBuild.Kernels;

/// <content>Packing of the constants, done when the model is compiled.</content>
internal static partial class DenseSparseInt8
{
    /// <summary>Length of <c>starts</c>.</summary>
    public static int PackedStarts(in DenseShape shape) => (PackedOutputs(shape) / TileInt8Layout.PanelOutputs) + 1;

    /// <summary>Length of bias and scales.</summary>
    public static int PackedOutputs(in DenseShape shape) => TileInt8Layout.PaddedOutputs(shape.Outputs);

    /// <summary>Blocks of <paramref name="weights"/> [Inputs, Outputs] that are not all zero: the length of <c>indices</c>; the weights have 64 times as many.</summary>
    public static int CountBlocks(ReadOnlySpan<sbyte> weights, in DenseShape shape)
    {
        Span<sbyte> block = stackalloc sbyte[TileInt8Layout.StepBytes];
        int blocks = 0;
        for (int panel = 0; panel < PackedStarts(shape) - 1; panel++)
        {
            for (int group = 0; group * TileInt8Layout.GroupInputs < shape.Inputs; group++)
            {
                blocks += Block(weights, panel, group, block, shape) ? 1 : 0;
            }
        }

        return blocks;
    }

    /// <summary>Packs <paramref name="weights"/> [Inputs, Outputs] without its blocks of zeros. There are up to 262,144 inputs.</summary>
    public static void Pack(ReadOnlySpan<sbyte> weights, Span<sbyte> packed, Span<ushort> indices, Span<int> starts, in DenseShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Inputs, TileInt8Layout.GroupInputs * (ushort.MaxValue + 1), nameof(shape));
        Span<sbyte> block = stackalloc sbyte[TileInt8Layout.StepBytes];
        int count = 0;
        for (int panel = 0; panel < PackedStarts(shape) - 1; panel++)
        {
            starts[panel] = count;
            for (int group = 0; group * TileInt8Layout.GroupInputs < shape.Inputs; group++)
            {
                if (Block(weights, panel, group, block, shape))
                {
                    block.CopyTo(packed[(count * TileInt8Layout.StepBytes)..]);
                    indices[count++] = (ushort)group;
                }
            }
        }

        starts[PackedStarts(shape) - 1] = count;
    }

    /// <summary>Collects the block of four inputs by the outputs of <paramref name="panel"/>; false where it is all zero.</summary>
    private static bool Block(ReadOnlySpan<sbyte> weights, int panel, int group, Span<sbyte> block, in DenseShape shape)
    {
        block.Clear();
        for (int i = 0; i < TileInt8Layout.StepBytes; i++)
        {
            int n = (panel * TileInt8Layout.PanelOutputs) + (i / TileInt8Layout.GroupInputs);
            int k = (group * TileInt8Layout.GroupInputs) + (i % TileInt8Layout.GroupInputs);
            if (n < shape.Outputs && k < shape.Inputs)
            {
                block[i] = weights[(k * shape.Outputs) + n];
            }
        }

        return block.ContainsAnyExcept((sbyte)0);
    }
}
