using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX ScatterND, on a y that holds the data already: <c>indices[tuples, rank]</c> are index tuples, each of which says where <c>slice</c> neighbouring updates go.
/// <c>shape</c> has the lengths and strides of the indexed axes. Updates of the same element follow one another in order.
/// </summary>
internal static class ScatterND
{
    public static void Run<T, TIndex, TOperation>(
        ReadOnlySpan<TIndex> indices, ReadOnlySpan<T> updates, Span<T> y, int tuples, int slice, in StridedShape shape, TOperation operation)
        where TIndex : struct, IBinaryInteger<TIndex>
        where TOperation : struct, IBinary<T, T>
    {
        for (int tuple = 0; tuple < tuples; tuple++)
        {
            int to = IndexTuple.Resolve(indices.Slice(tuple * shape.Rank, shape.Rank), in shape);
            for (int i = 0; i < slice; i++)
            {
                y[to + i] = operation.Invoke(y[to + i], updates[(tuple * slice) + i]);
            }
        }
    }
}
