using System;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>Kernels whose indices are data.</summary>
public sealed class IndexingTests
{
    // Two rows of three columns.
    private static readonly float[] Data = [1, 2, 3, 4, 5, 6];
    private static readonly StridedShape Columns = new(Rank: 2, Start: 0, D0: 2, D1: 2, S0: 3);

    [Fact]
    public void GatherElements_counts_negative_indices_from_the_end()
    {
        var y = new Guarded<float>(4);
        GatherElements.Run<float, long>(Data, [0, -1, -3, 1], y.Span, axisLength: 3, axisStride: 1, in Columns);
        y.Span.ToArray().ShouldBe([1f, 3f, 4f, 5f]);
        y.AssertIntact();
    }

    [Fact]
    public void ScatterElements_applies_updates_of_the_same_element_in_order()
    {
        float[] y = [.. Data];
        ScatterElements.Run<float, int, Add<float>>([0, 0, 2, -2], [10, 20, 30, 40], y, axisLength: 3, axisStride: 1, in Columns, default);
        y.ShouldBe([31f, 2f, 3f, 4f, 45f, 36f]);

        ScatterElements.Run<float, int, Replace<float>>([0, 0, 2, -2], [10, 20, 30, 40], y, axisLength: 3, axisStride: 1, in Columns, default);
        y.ShouldBe([20f, 2f, 3f, 4f, 40f, 30f]);
    }

    [Fact]
    public void GatherND_takes_slices_of_each_batch()
    {
        // Batches of 2x3; tuples of one index that select a row, then of two that select a value.
        float[] data = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        var rows = new float[6];
        GatherND.Run<float, long>(data, [1, -2], rows, batch: 2, tuples: 1, batchStride: 6, slice: 3, new StridedShape(Rank: 1, Start: 0, D0: 2, S0: 3));
        rows.ShouldBe([4f, 5f, 6f, 7f, 8f, 9f]);

        var values = new float[2];
        GatherND.Run<float, long>(data, [0, 2, 1, -1], values, batch: 1, tuples: 2, batchStride: 12, slice: 1, new StridedShape(Rank: 2, Start: 0, D0: 2, D1: 3, S0: 3, S1: 1));
        values.ShouldBe([3f, 6f]);
    }

    [Fact]
    public void An_index_out_of_range_throws_instead_of_reading_elsewhere()
    {
        var shape = new StridedShape(Rank: 1, Start: 0, D0: 2, S0: 3);
        Should.Throw<ArgumentOutOfRangeException>(() => ScatterND.Run<float, long, Replace<float>>([2], [1, 2, 3], new float[6], 1, 3, in shape, default));
        Should.Throw<ArgumentOutOfRangeException>(() => GatherElements.Run<float, long>(Data, [0, 3, 0, 0], new float[4], 3, 1, in Columns));
    }

    [Fact]
    public void TopK_prefers_the_first_of_equal_values_and_ranks_NaN_highest()
    {
        float[] x = [2, float.NaN, 3, 3, 1];
        TopK(x, 3, largest: true).ShouldBe([1L, 2L, 3L]);
        TopK(x, 5, largest: false).ShouldBe([4L, 0L, 2L, 3L, 1L]);
    }

    [Fact]
    public void TopK_and_Trilu_work_along_inner_axes()
    {
        // x[2, 3, 2]: the largest of each column of three.
        float[] x = [1, 6, 5, 2, 3, 4, 9, 7, 8, 8, 7, 9];
        var values = new float[4];
        var indices = new long[4];
        Kernels.TopK.Run<float>(x, values, indices, outer: 2, axis: 3, inner: 2, count: 1, largest: true);
        values.ShouldBe([5f, 6f, 9f, 9f]);
        indices.ShouldBe([1L, 0L, 0L, 2L]);

        var y = new float[12];
        Trilu.Run<float>(x, y, outer: 2, rows: 3, columns: 2, diagonal: 0, upper: false);
        y.ShouldBe([1f, 0f, 5f, 2f, 3f, 4f, 9f, 0f, 8f, 8f, 7f, 9f]);
        Trilu.Run<float>(x, y, outer: 2, rows: 3, columns: 2, diagonal: 1, upper: true);
        y.ShouldBe([0f, 6f, 0f, 0f, 0f, 0f, 0f, 7f, 0f, 0f, 0f, 0f]);
    }

    private static long[] TopK(float[] x, int count, bool largest)
    {
        var indices = new long[count];
        Kernels.TopK.Run<float>(x, new float[count], indices, outer: 1, axis: x.Length, inner: 1, count, largest);
        return indices;
    }
}
