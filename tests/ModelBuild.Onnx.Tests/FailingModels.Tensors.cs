using System;
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Tests;

internal static partial class FailingModels
{
    private static IEnumerable<FailingModel> Tensors()
    {
        yield return FailingModel.Tensor("MB1050", "a negative dimension", () => Samples.Tensor("w", OnnxElementType.Float, [2, -1], new byte[8]));
        yield return FailingModel.Tensor("MB1050", "dimensions whose product overflows", () =>
            Samples.Tensor("w", OnnxElementType.Float, [long.MaxValue, 2], new byte[8]));
        yield return FailingModel.Tensor("MB1050", "a product that wraps around to the right size", () =>
            Samples.Tensor("w", OnnxElementType.UInt8, [1L << 32, (1L << 32) + 1, 1], new byte[4]));
        yield return FailingModel.Tensor("MB1050", "a tensor of 4 GB", () => Samples.Tensor("w", OnnxElementType.Float, [1L << 30], new byte[8]));
        yield return FailingModel.Tensor("MB1050", "65 dimensions", () =>
            Samples.Tensor("w", OnnxElementType.Float, Enumerable.Repeat(1L, 65).ToArray(), new byte[4]));
        yield return FailingModel.Tensor("MB1051", "too few bytes", () => Samples.Tensor("w", OnnxElementType.Float, [2, 3], new byte[23]));
        yield return FailingModel.Tensor("MB1051", "too many bytes", () => Samples.Tensor("w", OnnxElementType.Int4, [3], new byte[3]));
        yield return FailingModel.Tensor("MB1051", "no data at all", () => Samples.Tensor("w", OnnxElementType.Float, [2], []));
        yield return FailingModel.Tensor("MB1051", "too few floats", () =>
            new TensorProto { Name = "w", DataType = (int)OnnxElementType.Float, Dims = { 3 }, FloatData = { 1, 2 } });
        yield return FailingModel.Tensor("MB1051", "half a complex number", () =>
            new TensorProto { Name = "w", DataType = (int)OnnxElementType.Complex64, Dims = { 2 }, FloatData = { 1, 2, 3 } });
        yield return FailingModel.Tensor("MB1051", "too few strings", () =>
            new TensorProto { Name = "w", DataType = (int)OnnxElementType.String, Dims = { 2 }, StringData = { ByteString.CopyFromUtf8("a") } });
        yield return FailingModel.Tensor("MB1051", "a gigabyte of strings that are not there", () =>
            new TensorProto { Name = "w", DataType = (int)OnnxElementType.String, Dims = { 1L << 40 } });
        yield return FailingModel.Tensor("MB1052", "data stored twice", () => new TensorProto(Samples.Tensor("w", 1)) { FloatData = { 1 } });
        yield return FailingModel.Tensor("MB1052", "floats in the field of integers", () =>
            new TensorProto { Name = "w", DataType = (int)OnnxElementType.Float, Dims = { 1 }, Int32Data = { 1 } });
        yield return FailingModel.Tensor("MB1052", "raw strings", () => Samples.Tensor("w", OnnxElementType.String, [1], [65]));
        yield return FailingModel.Tensor("MB1052", "a number out of range", () =>
            new TensorProto { Name = "w", DataType = (int)OnnxElementType.Int8, Dims = { 1 }, Int32Data = { 300 } });
        yield return FailingModel.Tensor("MB1052", "a segment", () =>
            new TensorProto(Samples.Tensor("w", 1)) { Segment = new TensorProto.Types.Segment { Begin = 0, End = 1 } });
        yield return Sparse("values that are not a vector", sparse => sparse.Values = Samples.Tensor("s", 2, 1));
        yield return Sparse("indices that are not int64", sparse => sparse.Indices.DataType = (int)OnnxElementType.UInt64);
        yield return Sparse("fewer indices than values", sparse => sparse.Indices = Int64s([1], 3));
        yield return Sparse("an index beyond the end", sparse => sparse.Indices = Int64s([2], 3, 100));
        yield return Sparse("a negative index", sparse => sparse.Indices = Int64s([2], -1, 3));
        yield return Sparse("a coordinate beyond the end", sparse => sparse.Indices = Int64s([2, 2], 0, 1, 0, 5));
        yield return Sparse("descending indices", sparse => sparse.Indices = Int64s([2], 3, 2));
        yield return Sparse("negative dimensions", sparse => sparse.Dims[0] = -2);
    }

    private static FailingModel Sparse(string name, Action<SparseTensorProto> change) =>
        FailingModel.Changed("MB1053", "a sparse tensor with " + name, model =>
        {
            var sparse = new SparseTensorProto { Values = Samples.Tensor("s", 2), Indices = Int64s([2], 0, 7), Dims = { 4, 2 } };
            change(sparse);
            model.Graph.SparseInitializer.Add(sparse);
        });

    private static TensorProto Int64s(long[] dims, params long[] values)
    {
        var tensor = new TensorProto { DataType = (int)OnnxElementType.Int64 };
        tensor.Dims.AddRange(dims);
        tensor.RawData = ByteString.CopyFrom(values.SelectMany(BitConverter.GetBytes).ToArray());
        return tensor;
    }
}
