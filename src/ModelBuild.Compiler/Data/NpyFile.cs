using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace ModelBuild.Compiler.Data;

/// <summary>
/// One array in NumPy's .npy format, versions 1 to 3 (numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
/// Whatever the file's byte order and memory order were, the array in memory is little-endian and row-major (C order).
/// Files come from users: every size is checked before it is allocated, and what cannot be read throws
/// <see cref="InvalidDataException"/> with the reason.
/// </summary>
internal sealed partial class NpyFile
{
    private readonly byte[] _data;
    private readonly string[] _strings;

    private NpyFile(NpyType type, int[] shape, byte[] data, string[] strings)
    {
        Type = type;
        Shape = shape;
        _data = data;
        _strings = strings;
        Length = type == NpyType.String ? strings.Length : data.Length / SizeOf(type);
    }

    public NpyType Type { get; }

    /// <summary>Empty for a scalar, which holds one element.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The number of elements: the product of <see cref="Shape"/>.</summary>
    public int Length { get; }

    /// <summary>The elements of a numeric or Boolean array, little-endian, one byte for a Boolean. Empty for strings.</summary>
    public ReadOnlySpan<byte> Bytes => _data;

    /// <summary>The elements of a string array, empty for any other.</summary>
    public IReadOnlyList<string> Strings => _strings;

    /// <summary>The elements in row-major order. <typeparamref name="T"/> must be the type that <see cref="Type"/> names.</summary>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        if (Type == NpyType.String || TypeOf<T>() != Type)
        {
            throw new InvalidOperationException($"The array holds {Type}, not {typeof(T).Name}.");
        }

        return MemoryMarshal.Cast<byte, T>(_data);
    }

    /// <summary>A copy of a numeric or Boolean array as floats: integers round to the nearest float, Booleans become 0 and 1.</summary>
    public float[] ToSingles() => Type switch
    {
        NpyType.Boolean => Convert<byte>(x => x),
        NpyType.UInt8 => Convert<byte>(x => x),
        NpyType.UInt16 => Convert<ushort>(x => x),
        NpyType.UInt32 => Convert<uint>(x => x),
        NpyType.UInt64 => Convert<ulong>(x => x),
        NpyType.Int8 => Convert<sbyte>(x => x),
        NpyType.Int16 => Convert<short>(x => x),
        NpyType.Int32 => Convert<int>(x => x),
        NpyType.Int64 => Convert<long>(x => x),
        NpyType.Float16 => Convert<Half>(x => (float)x),
        NpyType.Float32 => Values<float>().ToArray(),
        NpyType.Float64 => Convert<double>(x => (float)x),
        _ => throw new InvalidOperationException("The array holds strings, not numbers."),
    };

    public static NpyFile Create<T>(ReadOnlySpan<T> values, params int[] shape)
        where T : unmanaged
    {
        CheckShape(values.Length, shape);
        return new NpyFile(TypeOf<T>(), [.. shape], MemoryMarshal.AsBytes(values).ToArray(), []);
    }

    public static NpyFile Create(IReadOnlyList<string> values, params int[] shape)
    {
        CheckShape(values.Count, shape);
        return new NpyFile(NpyType.String, [.. shape], [], [.. values]);
    }

    /// <summary>The bytes of one element. Strings have no fixed size in memory.</summary>
    internal static int SizeOf(NpyType type) => type switch
    {
        NpyType.Boolean or NpyType.UInt8 or NpyType.Int8 => 1,
        NpyType.UInt16 or NpyType.Int16 or NpyType.Float16 => 2,
        NpyType.UInt32 or NpyType.Int32 or NpyType.Float32 => 4,
        NpyType.UInt64 or NpyType.Int64 or NpyType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A string has no fixed size."),
    };

    private static NpyType TypeOf<T>() => System.Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Boolean => NpyType.Boolean,
        TypeCode.Byte => NpyType.UInt8,
        TypeCode.UInt16 => NpyType.UInt16,
        TypeCode.UInt32 => NpyType.UInt32,
        TypeCode.UInt64 => NpyType.UInt64,
        TypeCode.SByte => NpyType.Int8,
        TypeCode.Int16 => NpyType.Int16,
        TypeCode.Int32 => NpyType.Int32,
        TypeCode.Int64 => NpyType.Int64,
        TypeCode.Single => NpyType.Float32,
        TypeCode.Double => NpyType.Float64,
        _ when typeof(T) == typeof(Half) => NpyType.Float16,
        _ => throw new NotSupportedException($"{typeof(T).Name} is no element type of .npy files."),
    };

    private static void CheckShape(int length, int[] shape)
    {
        long product = 1;
        foreach (int dimension in shape)
        {
            product = checked(product * dimension);
        }

        if (product != length)
        {
            throw new ArgumentException($"The shape ({string.Join(", ", shape)}) holds {product} elements, not {length}.", nameof(shape));
        }
    }

    private float[] Convert<T>(Func<T, float> convert)
        where T : unmanaged
    {
        // Boolean reads its bytes as UInt8 here, so this casts without the type check of Values.
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(_data);
        float[] result = new float[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = convert(values[i]);
        }

        return result;
    }
}
