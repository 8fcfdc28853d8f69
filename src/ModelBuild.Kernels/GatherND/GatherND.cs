using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX GatherND: <c>indices[batch, tuples, rank]</c> are index tuples, each of which selects <c>slice</c> neighbouring values of its batch's data, <c>batchStride</c>
/// values apart from that of the next. <c>shape</c> has the lengths and strides of the indexed axes.
/// </summary>
internal static class GatherND
{
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> data, ReadOnlySpan<TIndex> indices, Span<T> y, int batch, int tuples, int batchStride, int slice, in StridedShape shape)
        where TIndex : struct, IBinaryInteger<TIndex>
    {
        for (int b = 0; b < batch; b++)
        {
            for (int i = 0; i < tuples; i++)
            {
                int tuple = (b * tuples) + i;
                int from = (b * batchStride) + IndexTuple.Resolve(indices.Slice(tuple * shape.Rank, shape.Rank), in shape);
                data.Slice(from, slice).CopyTo(y[(tuple * slice)..]);
            }
        }
    }
}
