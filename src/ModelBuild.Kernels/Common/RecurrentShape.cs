using System;

namespace ModelBuild.Kernels;

/// <summary>The sizes of one direction of a recurrent layer.</summary>
/// <param name="Steps">The length of the sequences.</param>
/// <param name="Batch">How many there are.</param>
/// <param name="Hidden">The size of the state.</param>
/// <param name="IsReverse">Whether it runs from the end of each sequence to its beginning.</param>
/// <param name="Clip">What enters the functions of gates is cut to this magnitude; infinity for no limit.</param>
internal readonly record struct RecurrentShape(int Steps, int Batch, int Hidden, bool IsReverse, float Clip)
{
    /// <summary>The columns that a gate takes in packed weights and sums: whole vectors of every instruction set.</summary>
    public int Padded => (Hidden + PanelsF32.NarrowWidth - 1) & -PanelsF32.NarrowWidth;

    /// <summary>The length of a sequence of the batch; where no lengths are given, all are whole.</summary>
    public int LengthOf(ReadOnlySpan<int> lengths, int sample) => lengths.IsEmpty ? Steps : Math.Clamp(lengths[sample], 0, Steps);

    /// <summary>The row of the inputs and outputs that a sequence meets at a step.</summary>
    public int RowOf(int step, int length, int sample) => ((IsReverse ? length - 1 - step : step) * Batch) + sample;

    /// <summary>The value that enters a function.</summary>
    public float Clipped(float x) => -Clip > x ? -Clip : Clip < x ? Clip : x;
}
