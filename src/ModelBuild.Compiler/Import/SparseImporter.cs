using System;
using System.Buffers.Binary;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Onnx;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Import;

/// <summary>Makes dense tensors of those that a model stores sparsely: https://onnx.ai/onnx/api/classes.html#sparsetensorproto</summary>
internal static class SparseImporter
{
    /// <exception cref="OperatorException">The tensor is too large to be held.</exception>
    public static OnnxTensor ToDense(OnnxSparseTensor sparse)
    {
        var type = (ElementType)(int)sparse.Values.ElementType;
        if (!type.IsSupported())
        {
            throw OperatorException.Unsupported($"a sparse tensor of {sparse.Values.ElementType} is not supported");
        }

        var size = type.SizeInBytes();
        var count = sparse.Dims.Aggregate(1d, (product, dim) => product * dim);
        if (count * size > ValueSize.MostBytes)
        {
            throw ValueSize.TooLarge($"a sparse tensor of {count} elements is too large to be held");
        }

        var values = PackedElements.Unpack(type, sparse.Values.Dims, sparse.Values.Data).Span;
        var data = new byte[(long)count * size];
        for (var i = 0; i < sparse.Values.Count; i++)
        {
            values.Slice(i * size, size).CopyTo(data.AsSpan(checked((int)(Position(sparse, i) * size))));
        }

        return new OnnxTensor { Name = sparse.Values.Name, ElementType = sparse.Values.ElementType, Dims = sparse.Dims, Data = PackedElements.Pack(type, data) };
    }

    // Indices are positions, or coordinates with a row for each value.
    private static long Position(OnnxSparseTensor sparse, int index)
    {
        long Index(int i) => BinaryPrimitives.ReadInt64LittleEndian(sparse.Indices.Data.Span[(i * sizeof(long))..]);
        if (sparse.Indices.Dims.Count == 1)
        {
            return Index(index);
        }

        var position = 0L;
        for (var axis = 0; axis < sparse.Dims.Count; axis++)
        {
            position = (position * sparse.Dims[axis]) + Index((index * sparse.Dims.Count) + axis);
        }

        return position;
    }
}
