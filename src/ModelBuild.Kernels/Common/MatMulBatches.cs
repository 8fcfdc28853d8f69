namespace ModelBuild.Kernels;

/// <summary>Visits the pairs of matrices of a batch of products whose leading dimensions broadcast; <see cref="BroadcastShape"/> counts in whole matrices here.</summary>
internal struct MatMulBatches
{
    private readonly Axes _aSteps;
    private readonly Axes _bSteps;
    private readonly int _aRowStride;
    private readonly int _bRowStride;
    private Odometer _rows;
    private int _aRow;
    private int _bRow;
    private int _column;

    public MatMulBatches(in BroadcastShape batches)
    {
        _rows = new Odometer(batches.Rank, batches.Lengths);
        (_aSteps, _bSteps) = (_rows.Steps(batches.AStrides), _rows.Steps(batches.BStrides));
        (_aRowStride, _bRowStride) = (_rows.RowStride(batches.AStrides), _rows.RowStride(batches.BStrides));
    }

    /// <summary>Whether there is no product at all.</summary>
    public readonly bool IsEmpty => _rows.IsEmpty;

    /// <summary>Index of the left matrix.</summary>
    public readonly int A => _aRow + (_column * _aRowStride);

    /// <summary>Index of the right matrix.</summary>
    public readonly int B => _bRow + (_column * _bRowStride);

    /// <summary>Goes to the next product; false after the last.</summary>
    public bool Next()
    {
        if (++_column < _rows.RowLength)
        {
            return true;
        }

        _column = 0;
        int axis = _rows.Advance();
        if (axis < 0)
        {
            return false;
        }

        _aRow += _aSteps[axis];
        _bRow += _bSteps[axis];
        return true;
    }
}
