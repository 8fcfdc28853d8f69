using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.IR;

/// <summary>A constant: element type, dimensions, and values in row-major order, little-endian. Immutable.</summary>
internal sealed class Tensor
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string[]? _strings;

    public Tensor(ElementType type, IReadOnlyList<long> dims, ReadOnlyMemory<byte> bytes)
    {
        Type = type;
        Dims = [.. dims];
        Length = checked((int)dims.Aggregate(1L, (product, dim) => checked(product * dim)));
        if (bytes.Length != (long)Length * type.SizeInBytes())
        {
            throw new ArgumentException($"{bytes.Length} bytes are not {Length} values of type {type}.", nameof(bytes));
        }

        _bytes = bytes;
    }

    private Tensor(IReadOnlyList<long> dims, string[] strings)
    {
        Type = ElementType.String;
        Dims = [.. dims];
        Length = checked((int)dims.Aggregate(1L, (product, dim) => checked(product * dim)));
        _strings = strings.Length == Length ? strings : throw new ArgumentException($"{strings.Length} texts are not {Length}.", nameof(strings));
    }

    public ElementType Type { get; }

    public IReadOnlyList<long> Dims { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary><see cref="Bytes"/> for those who keep them.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes;

    /// <summary>The values of a tensor of texts.</summary>
    public IReadOnlyList<string> Strings => _strings ?? throw new InvalidOperationException($"A tensor of {Type} was read as texts.");

    public TensorType TensorType => new(Type, [.. Dims.Select(dim => (Dim)dim)]);

    public static Tensor Of<T>(ReadOnlySpan<T> values, params IReadOnlyList<long> dims)
        where T : unmanaged => new(ClrTypes.ElementOf(typeof(T)), dims, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A tensor of texts.</summary>
    public static Tensor Of(string[] texts, params IReadOnlyList<long> dims) => new(dims, texts);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor Scalar<T>(T value)
        where T : unmanaged => Of<T>([value]);

    /// <summary>A one-dimensional tensor of 64-bit integers.</summary>
    public static Tensor Vector(IReadOnlyList<long> values) => Of<long>(values.ToArray(), values.Count);

    /// <summary>The values, which must be of the type that <typeparamref name="T"/> stands for.</summary>
    public ReadOnlySpan<T> As<T>()
        where T : unmanaged => ClrTypes.ElementOf(typeof(T)) == Type
            ? MemoryMarshal.Cast<byte, T>(_bytes.Span)
            : throw new InvalidOperationException($"A tensor of {Type} was read as {typeof(T)}.");

    /// <summary>The same values with other dimensions of the same product.</summary>
    public Tensor Reshaped(params IReadOnlyList<long> dims) => _strings is null ? new(Type, dims, _bytes) : new(dims, _strings);

    /// <summary>The values of an integer tensor as 64-bit integers.</summary>
    /// <exception cref="OperatorException">The tensor has other elements: every integer that an operator reads so is a parameter of its.</exception>
    public long[] ToInt64() => Type switch
    {
        ElementType.Int64 => As<long>().ToArray(),
        ElementType.Int32 => [.. As<int>().ToArray().Select(value => (long)value)],
        _ => throw new OperatorException($"where integers are expected there is {TensorType}"),
    };
}
