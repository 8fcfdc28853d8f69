using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Packs the recurrent weights of a direction for <see cref="RecurrentProduct"/>: in <see cref="PanelsF32"/> with each gate's columns padded to whole vectors, so that a
/// gate begins at a vector. Constant weights are packed when the model is compiled.
/// </summary>
internal static class RecurrentPack
{
    /// <summary>Packs.</summary>
    /// <param name="weights">[gates * hidden, hidden], as in ONNX: a row for each output.</param>
    /// <param name="packed">At least <c>gates * Padded * hidden</c> floats.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="gates">How many gates there are.</param>
    public static void Run(ReadOnlySpan<float> weights, Span<float> packed, int hidden, int gates)
    {
        int padded = new RecurrentShape(0, 0, hidden, false, 0).Padded;
        PanelsF32 panels = new(hidden, gates * padded);
        packed[..panels.Length].Clear();
        for (int gate = 0; gate < gates; gate++)
        {
            for (int j = 0; j < hidden; j++)
            {
                int column = (gate * padded) + j, offset = (int)panels.Offset(column), stride = panels.RowStride(column);
                ReadOnlySpan<float> row = weights.Slice(((gate * hidden) + j) * hidden, hidden);
                for (int k = 0; k < row.Length; k++)
                {
                    packed[offset + (k * stride)] = row[k];
                }
            }
        }
    }
}
