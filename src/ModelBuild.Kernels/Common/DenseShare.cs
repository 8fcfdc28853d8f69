using System;

namespace ModelBuild.Kernels;

/// <summary>
/// One part's share of a fully connected layer: some rows; or, where there are fewer rows than parts, some panels of outputs of one row, so that no two threads
/// read the same weights for it.
/// </summary>
internal readonly struct DenseShare
{
    private readonly DenseShape _all;

    /// <summary>The share of <paramref name="part"/>; outputs are cut at multiples of <paramref name="panel"/>.</summary>
    public DenseShare(int rows, in DenseShape shape, int part, int parts, int panel)
    {
        _all = shape;
        if (rows == 0 || rows >= parts)
        {
            Rows = Share.Of(rows, part, parts);
            Outputs = new Share(0, shape.Outputs);
            return;
        }

        // Parts take the rows in turn; those that have the same row share its panels.
        (int turn, int row) = int.DivRem(part, rows);
        int turns = (parts - row + rows - 1) / rows;
        Rows = new Share(row, row + 1);
        Outputs = Share.Of(shape.Outputs, turn, turns, panel);
    }

    /// <summary>The rows.</summary>
    public Share Rows { get; }

    /// <summary>The outputs of each row; all of them where there is more than one row.</summary>
    public Share Outputs { get; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Rows.Count == 0 || Outputs.Count == 0;

    /// <summary>The layer that the share is.</summary>
    public DenseShape Shape => _all with { Outputs = Outputs.Count };

    /// <summary>What the share reads of the layer's inputs.</summary>
    public ReadOnlySpan<T> Inputs<T>(ReadOnlySpan<T> x) => x.Slice(Rows.Begin * _all.Inputs, Rows.Count * _all.Inputs);

    /// <summary>What the share writes of the layer's outputs.</summary>
    public Span<T> Results<T>(Span<T> y) => y.Slice((Rows.Begin * _all.Outputs) + Outputs.Begin, Rows.Count * Outputs.Count);

    /// <summary>What the share reads of a tensor that is laid out as the layer's outputs.</summary>
    public ReadOnlySpan<T> Results<T>(ReadOnlySpan<T> y) => y.Slice((Rows.Begin * _all.Outputs) + Outputs.Begin, Rows.Count * Outputs.Count);
}
