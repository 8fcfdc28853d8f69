using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using ModelBuild.Compiler.Data;

namespace ModelBuild.Testing;

/// <summary>Reads and writes tensors as .npy files; the test data keeps string tensors as .json (type, dims, data) beside them.</summary>
public static class TensorNpy
{
    public static Tensor Read(string path)
    {
        if (path.EndsWith(".json", StringComparison.Ordinal))
        {
            return ReadStrings(path);
        }

        NpyFile file = NpyFile.Read(path);
        long[] shape = [.. file.Shape.Select(d => (long)d)];
        return file.Type == NpyType.String ? new Tensor(shape, file.Strings) : new Tensor(TypeOf(file.Type), shape, file.Bytes.ToArray());
    }

    public static void Write(Tensor tensor, string path)
    {
        int[] shape = [.. tensor.Shape.Select(d => checked((int)d))];
        NpyFile file = tensor.Type switch
        {
            TensorType.String => NpyFile.Create(tensor.Strings, shape),
            TensorType.Boolean => NpyFile.Create<bool>(tensor.Values<bool>(), shape),
            TensorType.UInt8 => NpyFile.Create<byte>(tensor.Values<byte>(), shape),
            TensorType.UInt16 => NpyFile.Create<ushort>(tensor.Values<ushort>(), shape),
            TensorType.UInt32 => NpyFile.Create<uint>(tensor.Values<uint>(), shape),
            TensorType.UInt64 => NpyFile.Create<ulong>(tensor.Values<ulong>(), shape),
            TensorType.Int8 => NpyFile.Create<sbyte>(tensor.Values<sbyte>(), shape),
            TensorType.Int16 => NpyFile.Create<short>(tensor.Values<short>(), shape),
            TensorType.Int32 => NpyFile.Create<int>(tensor.Values<int>(), shape),
            TensorType.Int64 => NpyFile.Create<long>(tensor.Values<long>(), shape),
            TensorType.Float16 => NpyFile.Create<Half>(tensor.Values<Half>(), shape),
            TensorType.Float32 => NpyFile.Create<float>(tensor.Values<float>(), shape),
            TensorType.Float64 => NpyFile.Create<double>(tensor.Values<double>(), shape),
            _ => throw new NotSupportedException($".npy has no element type for {tensor.Type}."),
        };
        file.Write(path);
    }

    private static Tensor ReadStrings(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        IEnumerable<long> shape = document.RootElement.GetProperty("dims").EnumerateArray().Select(d => d.GetInt64());
        IEnumerable<string> data = document.RootElement.GetProperty("data").EnumerateArray().Select(s => s.GetString()!);
        return new Tensor([.. shape], [.. data]);
    }

    private static TensorType TypeOf(NpyType type) => Enum.Parse<TensorType>(type.ToString());
}
