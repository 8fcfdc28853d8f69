namespace ModelBuild.Kernels;

/// <summary>
/// Visits the rows of a tensor in memory order; a row is what the innermost axis spans. <see cref="Advance"/> says which axis moved, and the offset of each
/// strided operand follows by one addition of what <see cref="Steps"/> has for that axis.
/// </summary>
internal struct Odometer
{
    private readonly int outerAxes;
    private readonly Axes lengths;
    private Axes position;

    /// <param name="rank">Axes of the tensor; the last one is the row.</param>
    /// <param name="lengths">The length of each axis.</param>
    public Odometer(int rank, in Axes lengths)
    {
        outerAxes = rank - 1;
        this.lengths = lengths;
        RowLength = rank == 0 ? 1 : lengths[rank - 1];
        IsEmpty = RowLength == 0;
        for (int axis = 0; axis < outerAxes; axis++)
        {
            IsEmpty |= lengths[axis] == 0;
        }
    }

    /// <summary>The length of the innermost axis; 1 for a tensor without axes.</summary>
    public readonly int RowLength { get; }

    /// <summary>Whether the tensor has no element, and so no row to start with.</summary>
    public readonly bool IsEmpty { get; }

    /// <summary>Moves to the next row. Returns the axis that moved on, all inner ones having returned to 0, or -1 after the last row.</summary>
    public int Advance()
    {
        for (int axis = outerAxes - 1; axis >= 0; axis--)
        {
            position[axis]++;
            if (position[axis] < lengths[axis])
            {
                return axis;
            }

            position[axis] = 0;
        }

        return -1;
    }

    /// <summary>What to add to the row offset of an operand with these strides, by the axis that <see cref="Advance"/> returned.</summary>
    public readonly Axes Steps(in Axes strides)
    {
        Axes steps = default;
        int rewind = 0;
        for (int axis = outerAxes - 1; axis >= 0; axis--)
        {
            steps[axis] = strides[axis] - rewind;
            rewind += strides[axis] * (lengths[axis] - 1);
        }

        return steps;
    }

    /// <summary>The stride of the innermost axis; 0 for a tensor without axes.</summary>
    public readonly int RowStride(in Axes strides) => outerAxes < 0 ? 0 : strides[outerAxes];
}
