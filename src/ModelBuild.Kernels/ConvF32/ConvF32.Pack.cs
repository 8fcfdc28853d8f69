using System;

namespace ModelBuild.Kernels;

/// <content>Packing of the constants, done when the model is compiled.</content>
internal static partial class ConvF32
{
    /// <summary>Floats of the packed weights.</summary>
    public static int PackedLength(in ConvShape shape) => shape.Groups * GroupPanels(shape).Length;

    /// <summary>Floats of the packed bias.</summary>
    public static int PackedBiasLength(in ConvShape shape) => shape.Groups * GroupPanels(shape).PaddedColumns;

    /// <summary>Packs <paramref name="weights"/> [OutputChannels, InputChannels / Groups, KernelHeight, KernelWidth], the order of ONNX.</summary>
    public static void Pack(ReadOnlySpan<float> weights, in ConvShape shape, Span<float> packed)
    {
        PanelsF32 panels = GroupPanels(shape);
        int groupInputs = shape.InputChannels / shape.Groups, taps = shape.KernelHeight * shape.KernelWidth;
        packed[..PackedLength(shape)].Clear();
        for (int o = 0; o < shape.OutputChannels; o++)
        {
            int group = o / panels.Columns, column = o % panels.Columns;
            int target = (group * panels.Length) + (int)panels.Offset(column);
            for (int tap = 0; tap < taps; tap++)
            {
                for (int c = 0; c < groupInputs; c++)
                {
                    packed[target] = weights[(((o * groupInputs) + c) * taps) + tap];
                    target += panels.RowStride(column);
                }
            }
        }
    }

    /// <summary>Packs <paramref name="bias"/> [OutputChannels]; an empty span stands for zeros.</summary>
    public static void PackBias(ReadOnlySpan<float> bias, in ConvShape shape, Span<float> packed)
    {
        PanelsF32 panels = GroupPanels(shape);
        packed[..PackedBiasLength(shape)].Clear();
        for (int o = 0; o < bias.Length; o++)
        {
            packed[(o / panels.Columns * panels.PaddedColumns) + (o % panels.Columns)] = bias[o];
        }
    }
}
