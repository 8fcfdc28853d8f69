using System;

namespace ModelBuild.Kernels;

/// <content>Packing of the constants, done when the model is compiled.</content>
internal static partial class DenseF32
{
    /// <summary>Floats of the packed weights.</summary>
    public static int PackedLength(in DenseShape shape) => new PanelsF32(shape.Inputs, shape.Outputs).Length;

    /// <summary>Floats of the packed bias.</summary>
    public static int PackedBiasLength(in DenseShape shape) => new PanelsF32(shape.Inputs, shape.Outputs).PaddedColumns;

    /// <summary>Packs <paramref name="weights"/> [Inputs, Outputs].</summary>
    public static void Pack(ReadOnlySpan<float> weights, in DenseShape shape, Span<float> packed)
    {
        PanelsF32 panels = new(shape.Inputs, shape.Outputs);
        packed[..panels.Length].Clear();
        for (int n = 0; n < shape.Outputs; n++)
        {
            int offset = (int)panels.Offset(n), stride = panels.RowStride(n);
            for (int k = 0; k < shape.Inputs; k++)
            {
                packed[offset + (k * stride)] = weights[(k * shape.Outputs) + n];
            }
        }
    }

    /// <summary>Packs <paramref name="bias"/> [Outputs]; an empty span stands for zeros.</summary>
    public static void PackBias(ReadOnlySpan<float> bias, in DenseShape shape, Span<float> packed)
    {
        packed[..PackedBiasLength(shape)].Clear();
        bias.CopyTo(packed);
    }
}
