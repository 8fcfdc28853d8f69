using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Data;

/// <summary>Tensors in .npy files.</summary>
internal static class NpyTensors
{
    /// <exception cref="InvalidDataException">The file is not a .npy file of a numeric type.</exception>
    public static Tensor Read(string path) => ToTensor(NpyFile.Read(path));

    /// <summary>The array as a tensor.</summary>
    /// <exception cref="InvalidDataException">Its type is not numeric.</exception>
    public static Tensor ToTensor(NpyFile file) => new(ElementOf(file.Type), [.. file.Shape.Select(size => (long)size)], file.Bytes.ToArray());

    /// <summary>Writes a tensor; floats of types that NumPy has not are written with 32 bits, and integers of 2 and 4 bits with 8, which is exact.</summary>
    /// <exception cref="InvalidDataException">NumPy has no numbers of the type.</exception>
    public static void Write(string path, Tensor tensor)
    {
        int[] shape = [.. tensor.Dims.Select(dim => checked((int)dim))];
        NpyFile File<T>()
            where T : unmanaged => NpyFile.Create(MemoryMarshal.Cast<byte, T>(tensor.Bytes), shape);
        var file = tensor.Type switch
        {
            ElementType.UInt4 or ElementType.UInt2 => File<byte>(),
            ElementType.Int4 or ElementType.Int2 => File<sbyte>(),
            _ when tensor.Type.IsNarrow() => NpyFile.Create(TensorNumbers.ToSingles(tensor).As<float>(), shape),
            ElementType.Float => File<float>(),
            ElementType.Double => File<double>(),
            ElementType.Float16 => File<Half>(),
            ElementType.Int8 => File<sbyte>(),
            ElementType.Int16 => File<short>(),
            ElementType.Int32 => File<int>(),
            ElementType.Int64 => File<long>(),
            ElementType.UInt8 => File<byte>(),
            ElementType.UInt16 => File<ushort>(),
            ElementType.UInt32 => File<uint>(),
            ElementType.UInt64 => File<ulong>(),
            ElementType.Bool => File<bool>(),
            _ => throw new InvalidDataException($"A tensor of {tensor.Type} cannot be written to a .npy file."),
        };
        file.Write(path);
    }

    private static ElementType ElementOf(NpyType type) =>
        Enum.TryParse<ElementType>(type.ToString(), out var element) ? element : type switch
        {
            NpyType.Float32 => ElementType.Float,
            NpyType.Float64 => ElementType.Double,
            NpyType.Boolean => ElementType.Bool,
            _ => throw new InvalidDataException($"An array of type {type} is not a tensor of numbers."),
        };
}
