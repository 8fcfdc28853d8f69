using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Checks what callers pass to a model. The messages name the parameter, the shape it must have and the length that follows.</summary>
internal static class ModelArguments
{
    /// <summary>Checks that a span has the length that its shape says.</summary>
    /// <exception cref="ArgumentException">It has not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckLength(int length, int expected, string parameter, string shape)
    {
        if (length != expected)
        {
            ThrowLength(length, expected, parameter, shape);
        }
    }

    /// <summary>The size of a dimension: how many times <paramref name="divisor"/> values fit in <paramref name="length"/>, which must come out even.</summary>
    /// <exception cref="ArgumentException">The length is not a multiple, or the size is not in the range that the model allows.</exception>
    public static int Size(string name, int length, int divisor, int min, int max, string parameter, string shape)
    {
        if (divisor <= 0 || length % divisor != 0)
        {
            throw new ArgumentException($"'{parameter}' has {length} values. Its shape is {shape}: its length must be a multiple of {divisor}.", parameter);
        }

        var size = length / divisor;
        return size >= min && size <= max
            ? size
            : throw new ArgumentException($"'{parameter}' has {length} values, so dimension '{name}' of its shape {shape} would be {size}. It must be {Range(min, max)}.", parameter);
    }

    /// <summary>Checks a size that the caller passes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the range that the model allows.</exception>
    public static void CheckSize(int size, int min, int max, string parameter)
    {
        if (size < min || size > max)
        {
            throw new ArgumentOutOfRangeException(parameter, size, $"Dimension '{parameter}' must be {Range(min, max)}.");
        }
    }

    /// <summary>Checks that an output does not overlap an input: steps would read what others have overwritten.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    public static void CheckApart<TOutput, TInput>(Span<TOutput> output, ReadOnlySpan<TInput> input, string outputName, string inputName)
        where TOutput : unmanaged
        where TInput : unmanaged
    {
        if (MemoryMarshal.AsBytes(output).Overlaps(MemoryMarshal.AsBytes(input)))
        {
            ThrowOverlap(outputName, inputName);
        }
    }

    /// <summary>Checks that two outputs do not overlap.</summary>
    /// <exception cref="ArgumentException">They do.</exception>
    public static void CheckApart<TFirst, TSecond>(Span<TFirst> first, Span<TSecond> second, string firstName, string secondName)
        where TFirst : unmanaged
        where TSecond : unmanaged
        => CheckApart(first, (ReadOnlySpan<TSecond>)second, firstName, secondName);

    /// <summary>Checks that a span has room for a result whose length the run has found out.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public static void CheckRoom(int length, int needed, string parameter, string shape)
    {
        if (length < needed)
        {
            throw new ArgumentException($"'{parameter}' has room for {length} values. Its shape is {shape}, which is {needed} values in this run.", parameter);
        }
    }

    /// <summary>A size, or a number that sizes depend on, that a step has computed.</summary>
    /// <exception cref="ArgumentException">It is not in the range that the model allows.</exception>
    public static int Read(long value, int min, int max, string nodes) =>
        value >= min && value <= max ? (int)value : throw new ArgumentException($"{nodes}: {value} is not a size.");

    /// <summary>A number of which only matters whether it is beyond what any size can be.</summary>
    public static int ReadSaturated(long value, int min, int max) => (int)Math.Clamp(value, min, max);

    /// <summary>Checks what only the sizes of a run can show.</summary>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    public static void Require([DoesNotReturnIf(false)] bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }

    /// <summary>The quotient rounded towards negative infinity; <paramref name="divisor"/> must be positive.</summary>
    public static int FloorDivide(int dividend, int divisor) => (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);

    [DoesNotReturn]
    private static void ThrowLength(int length, int expected, string parameter, string shape) =>
        throw new ArgumentException($"'{parameter}' has {length} values. Its shape is {shape}: it must have {expected}.", parameter);

    [DoesNotReturn]
    private static void ThrowOverlap(string output, string other) =>
        throw new ArgumentException($"'{output}' overlaps '{other}'. Outputs must have memory of their own.", output);

    private static string Range(int min, int max) => max == int.MaxValue ? $"at least {min}" : min == max ? $"{min}" : $"{min} to {max}";
}
