using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace ModelBuild.Testing;

/// <summary>
/// A tensor as tests see it: row-major, little-endian bytes, two elements a byte (the first in the low half) for the 4-bit
/// types; strings apart.
/// </summary>
public sealed class Tensor
{
    private readonly byte[] _bytes;
    private readonly string[] _strings;

    public Tensor(TensorType type, IReadOnlyList<long> shape, byte[] bytes)
    {
        Type = type;
        Shape = [.. shape];
        _bytes = bytes;
        _strings = [];
        if (bytes.Length != ByteCount(type, Length))
        {
            throw new ArgumentException($"{this} takes {ByteCount(type, Length)} bytes, not {bytes.Length}.", nameof(bytes));
        }
    }

    public Tensor(IReadOnlyList<long> shape, IReadOnlyList<string> strings)
    {
        Type = TensorType.String;
        Shape = [.. shape];
        _bytes = [];
        _strings = [.. strings];
        if (strings.Count != Length)
        {
            throw new ArgumentException($"{this} takes {Length} strings, not {strings.Count}.", nameof(strings));
        }
    }

    public TensorType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    public long Length => Shape.Aggregate(1L, (product, dimension) => checked(product * dimension));

    public Span<byte> Bytes => _bytes;

    public IReadOnlyList<string> Strings => _strings;

    public static Tensor Create<T>(ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged => new(TypeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());

    public static Tensor Zeros(TensorType type, IReadOnlyList<long> shape) => new(type, shape, new byte[ByteCount(type, shape.Aggregate(1L, (a, b) => checked(a * b)))]);

    /// <summary>The elements in place, as the type that <see cref="Type"/> names.</summary>
    public Span<T> Values<T>()
        where T : unmanaged => TypeOf<T>() == Type
            ? MemoryMarshal.Cast<byte, T>(_bytes.AsSpan())
            : throw new InvalidOperationException($"{this} does not hold {typeof(T).Name}.");

    /// <summary>The same bytes under another shape of as many elements.</summary>
    public Tensor Reshape(params long[] shape) => Type == TensorType.String ? new(shape, _strings) : new(Type, shape, _bytes);

    /// <summary>A copy of the items first to first + count - 1 along the first dimension.</summary>
    public Tensor Slice(int first, int count)
    {
        long[] shape = [count, .. Shape.Skip(1)];
        int item = checked((int)(ByteCount(Type, Length) / Shape[0]));
        return new Tensor(Type, shape, _bytes.AsSpan(first * item, count * item).ToArray());
    }

    public override string ToString() => $"{Type}[{string.Join(",", Shape)}]";

    public static TensorType TypeOf<T>()
        where T : unmanaged => default(T) switch
        {
            float => TensorType.Float32,
            byte => TensorType.UInt8,
            sbyte => TensorType.Int8,
            ushort => TensorType.UInt16,
            short => TensorType.Int16,
            int => TensorType.Int32,
            long => TensorType.Int64,
            bool => TensorType.Boolean,
            Half => TensorType.Float16,
            double => TensorType.Float64,
            uint => TensorType.UInt32,
            ulong => TensorType.UInt64,
            _ => throw new NotSupportedException($"{typeof(T).Name} is no element type."),
        };

    public static long ByteCount(TensorType type, long length) => type switch
    {
        TensorType.UInt4 or TensorType.Int4 or TensorType.Float4E2M1 => (length + 1) / 2,
        TensorType.UInt16 or TensorType.Int16 or TensorType.Float16 or TensorType.BFloat16 => length * 2,
        TensorType.Float32 or TensorType.Int32 or TensorType.UInt32 => length * 4,
        TensorType.Float64 or TensorType.Int64 or TensorType.UInt64 or TensorType.Complex64 => length * 8,
        TensorType.Complex128 => length * 16,
        TensorType.String or TensorType.Undefined => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of fixed size."),
        _ => length,
    };
}
