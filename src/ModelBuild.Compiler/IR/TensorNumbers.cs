using System;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.IR;

/// <summary>The elements of tensors as numbers of one type.</summary>
internal static class TensorNumbers
{
    /// <summary>The elements as 64-bit floats, which is exact but for 64-bit integers; null for texts and complex numbers.</summary>
    public static double[]? ToDoubles(Tensor tensor) => tensor.Type switch
    {
        ElementType.Float => Numbers<float>(tensor),
        ElementType.Double => tensor.As<double>().ToArray(),
        ElementType.Float16 => Numbers<Half>(tensor),
        ElementType.BFloat16 => Narrow<BFloat16>(tensor),
        ElementType.Float8E4M3FN => Narrow<Float8E4M3FN>(tensor),
        ElementType.Float8E4M3FNUZ => Narrow<Float8E4M3FNUZ>(tensor),
        ElementType.Float8E5M2 => Narrow<Float8E5M2>(tensor),
        ElementType.Float8E5M2FNUZ => Narrow<Float8E5M2FNUZ>(tensor),
        ElementType.Float8E8M0 => Narrow<Float8E8M0>(tensor),
        ElementType.Float4E2M1 => Narrow<Float4E2M1>(tensor),
        ElementType.Bool => [.. tensor.As<bool>().ToArray().Select(truth => truth ? 1d : 0d)],
        ElementType.UInt4 => Narrow<UInt4>(tensor),
        ElementType.Int4 => Narrow<Int4>(tensor),
        ElementType.UInt2 => Narrow<UInt2>(tensor),
        ElementType.Int2 => Narrow<Int2>(tensor),
        ElementType.UInt8 => Numbers<byte>(tensor),
        ElementType.Int8 => Numbers<sbyte>(tensor),
        ElementType.UInt16 => Numbers<ushort>(tensor),
        ElementType.Int16 => Numbers<short>(tensor),
        ElementType.UInt32 => Numbers<uint>(tensor),
        ElementType.Int32 => Numbers<int>(tensor),
        ElementType.UInt64 => Numbers<ulong>(tensor),
        ElementType.Int64 => Numbers<long>(tensor),
        _ => null,
    };

    /// <summary>A number as a tensor without dimensions, rounded to the type.</summary>
    /// <exception cref="OperatorException">The type is not one of numbers.</exception>
    public static Tensor Scalar(double value, ElementType type) => type switch
    {
        ElementType.Float => Tensor.Scalar((float)value),
        ElementType.Double => Tensor.Scalar(value),
        ElementType.Float16 => Tensor.Scalar((Half)value),
        ElementType.BFloat16 => Tensor.Scalar(BFloat16.FromSingle((float)value, saturate: false)),
        ElementType.Int8 => Tensor.Scalar((sbyte)value),
        ElementType.Int16 => Tensor.Scalar((short)value),
        ElementType.Int32 => Tensor.Scalar((int)value),
        ElementType.Int64 => Tensor.Scalar((long)value),
        ElementType.UInt8 => Tensor.Scalar((byte)value),
        ElementType.UInt16 => Tensor.Scalar((ushort)value),
        ElementType.UInt32 => Tensor.Scalar((uint)value),
        ElementType.UInt64 => Tensor.Scalar((ulong)value),
        _ => throw OperatorException.Unsupported($"a constant of {type.ShortName()} is not supported"),
    };

    /// <summary>A tensor of floats of at most 32 bits as one of 32-bit floats, which is exact.</summary>
    public static Tensor ToSingles(Tensor tensor) => tensor.Type switch
    {
        ElementType.Float => tensor,
        ElementType.Float16 => Map<Half, float>(tensor, value => (float)value),
        ElementType.BFloat16 => Map<BFloat16, float>(tensor, BFloat16.ToSingle),
        _ => Tensor.Of<float>([.. ToDoubles(tensor)!.Select(value => (float)value)], tensor.Dims),
    };

    /// <summary>A tensor of another type of elements, each of which <paramref name="convert"/> makes from one.</summary>
    public static Tensor Map<TFrom, TTo>(Tensor tensor, Func<TFrom, TTo> convert)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        var bytes = new byte[tensor.Length * Unsafe.SizeOf<TTo>()];
        var from = tensor.As<TFrom>();
        var to = MemoryMarshal.Cast<byte, TTo>(bytes.AsSpan());
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = convert(from[i]);
        }

        return new Tensor(ClrTypes.ElementOf(typeof(TTo)), tensor.Dims, bytes);
    }

    /// <summary>A tensor of 32-bit floats as one of a type of few bits; null where the type does not have one of its values, the first of which is <paramref name="lost"/>.</summary>
    public static Tensor? ToNarrow(Tensor floats, ElementType type, out float lost) => type switch
    {
        ElementType.BFloat16 => ToNarrow<BFloat16>(floats, out lost),
        ElementType.Float8E4M3FN => ToNarrow<Float8E4M3FN>(floats, out lost),
        ElementType.Float8E4M3FNUZ => ToNarrow<Float8E4M3FNUZ>(floats, out lost),
        ElementType.Float8E5M2 => ToNarrow<Float8E5M2>(floats, out lost),
        ElementType.Float8E5M2FNUZ => ToNarrow<Float8E5M2FNUZ>(floats, out lost),
        ElementType.Float8E8M0 => ToNarrow<Float8E8M0>(floats, out lost),
        ElementType.Float4E2M1 => ToNarrow<Float4E2M1>(floats, out lost),
        ElementType.UInt4 => ToNarrow<UInt4>(floats, out lost),
        ElementType.Int4 => ToNarrow<Int4>(floats, out lost),
        ElementType.UInt2 => ToNarrow<UInt2>(floats, out lost),
        _ => ToNarrow<Int2>(floats, out lost),
    };

    private static Tensor? ToNarrow<T>(Tensor floats, out float lost)
        where T : unmanaged, INarrow<T>
    {
        lost = 0;
        var values = floats.As<float>();
        var result = new T[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            result[i] = T.FromSingle(values[i], saturate: true);
            if (!T.ToSingle(result[i]).Equals(values[i]))
            {
                lost = values[i];
                return null;
            }
        }

        return new Tensor(ClrTypes.ElementOf(typeof(T)), floats.Dims, MemoryMarshal.AsBytes<T>(result).ToArray());
    }

    private static double[] Numbers<T>(Tensor tensor)
        where T : unmanaged, INumber<T> => [.. tensor.As<T>().ToArray().Select(double.CreateSaturating)];

    private static double[] Narrow<T>(Tensor tensor)
        where T : unmanaged, INarrow<T> => [.. tensor.As<T>().ToArray().Select(value => (double)T.ToSingle(value))];
}
