using System;
using System.Buffers.Binary;

namespace ModelBuild.Onnx.Reading;

/// <summary>What must hold for a sparse tensor beyond its two dense ones.</summary>
internal static class SparseTensorCheck
{
    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(OnnxSparseTensor sparse)
    {
        if (TensorDims.Problem(sparse.Dims, out _) is string problem)
        {
            return $"has dimensions [{TensorDims.Display(sparse.Dims)}]: {problem}";
        }

        if (sparse.Values.Dims.Count != 1)
        {
            return "has values that are not a vector";
        }

        long stored = sparse.Values.Dims[0];
        OnnxTensor indices = sparse.Indices;
        int rank = sparse.Dims.Count;
        bool offsets = indices.Dims.Count == 1;
        if (indices.ElementType != OnnxElementType.Int64 || !(offsets || (indices.Dims.Count == 2 && indices.Dims[1] == rank)))
        {
            return $"has indices that are neither int64[{stored}] nor int64[{stored}x{rank}]";
        }

        if (indices.Dims[0] != stored)
        {
            return $"has {stored} values and {indices.Dims[0]} indices";
        }

        return PositionProblem(sparse, stored, offsets);
    }

    /// <summary>Positions must lie inside the tensor and ascend strictly, which also makes them unique.</summary>
    private static string? PositionProblem(OnnxSparseTensor sparse, long stored, bool offsets)
    {
        _ = TensorDims.Problem(sparse.Dims, out long count);
        ReadOnlySpan<byte> data = sparse.Indices.Data.Span;
        long previous = -1;
        for (int i = 0; i < stored; i++)
        {
            long position = 0;
            if (offsets)
            {
                position = BinaryPrimitives.ReadInt64LittleEndian(data[(8 * i)..]);
            }
            else
            {
                for (int axis = 0; axis < sparse.Dims.Count; axis++)
                {
                    long coordinate = BinaryPrimitives.ReadInt64LittleEndian(data[(8 * ((i * sparse.Dims.Count) + axis))..]);
                    if (coordinate < 0 || coordinate >= sparse.Dims[axis])
                    {
                        return $"has index {coordinate} in dimension {axis}, whose size is {sparse.Dims[axis]}";
                    }

                    position = (position * sparse.Dims[axis]) + coordinate;
                }
            }

            if (position < 0 || position >= count)
            {
                return $"has index {position}, and {count} elements";
            }

            if (position <= previous)
            {
                return "has indices that do not ascend";
            }

            previous = position;
        }

        return null;
    }
}
