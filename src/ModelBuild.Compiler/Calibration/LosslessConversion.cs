using System;
using System.Numerics;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Calibration;

/// <summary>
/// Converts samples to an input's element type where every value survives: bytes of pictures to floats, 32-bit token numbers to 64-bit ones, doubles that are
/// floats to floats. A value that would change is told, not rounded.
/// </summary>
internal static class LosslessConversion
{
    /// <summary>The tensor in type <paramref name="type"/>; or null and the first value that the type does not have.</summary>
    public static Tensor? Convert(Tensor tensor, ElementType type, out string lost)
    {
        lost = string.Empty;
        if (tensor.Type == type)
        {
            return tensor;
        }

        if (type.IsNarrow())
        {
            return Convert(tensor, ElementType.Float, out lost) is { } floats ? ToNarrow(floats, type, ref lost) : null;
        }

        return tensor.Type switch
        {
            ElementType.Bool when type == ElementType.UInt8 => new Tensor(type, tensor.Dims, tensor.Bytes.ToArray()),
            ElementType.UInt8 => To<byte>(tensor, type, ref lost),
            ElementType.Int8 => To<sbyte>(tensor, type, ref lost),
            ElementType.UInt16 => To<ushort>(tensor, type, ref lost),
            ElementType.Int16 => To<short>(tensor, type, ref lost),
            ElementType.UInt32 => To<uint>(tensor, type, ref lost),
            ElementType.Int32 => To<int>(tensor, type, ref lost),
            ElementType.UInt64 => To<ulong>(tensor, type, ref lost),
            ElementType.Int64 => To<long>(tensor, type, ref lost),
            ElementType.Float16 => To<Half>(tensor, type, ref lost),
            ElementType.Float => To<float>(tensor, type, ref lost),
            ElementType.Double => To<double>(tensor, type, ref lost),
            _ => Lost(tensor, ref lost),
        };
    }

    private static Tensor? To<TFrom>(Tensor tensor, ElementType type, ref string lost)
        where TFrom : unmanaged, INumber<TFrom> => type switch
        {
            ElementType.UInt8 => Convert<TFrom, byte>(tensor, ref lost),
            ElementType.Int8 => Convert<TFrom, sbyte>(tensor, ref lost),
            ElementType.UInt16 => Convert<TFrom, ushort>(tensor, ref lost),
            ElementType.Int16 => Convert<TFrom, short>(tensor, ref lost),
            ElementType.UInt32 => Convert<TFrom, uint>(tensor, ref lost),
            ElementType.Int32 => Convert<TFrom, int>(tensor, ref lost),
            ElementType.UInt64 => Convert<TFrom, ulong>(tensor, ref lost),
            ElementType.Int64 => Convert<TFrom, long>(tensor, ref lost),
            ElementType.Float16 => Convert<TFrom, Half>(tensor, ref lost),
            ElementType.Float => Convert<TFrom, float>(tensor, ref lost),
            ElementType.Double => Convert<TFrom, double>(tensor, ref lost),
            _ => Lost(tensor, ref lost),
        };

    private static Tensor? Convert<TFrom, TTo>(Tensor tensor, ref string lost)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        var values = tensor.As<TFrom>();
        var result = new TTo[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            result[i] = TTo.CreateSaturating(values[i]);

            // NaN differs from itself and is told apart later, as a value that no range can be taken from. The largest long is no double and saturates back to itself.
            if (TFrom.CreateSaturating(result[i]) != values[i] && !TFrom.IsNaN(values[i]))
            {
                lost = FormattableString.Invariant($"{values[i]}");
                return null;
            }
        }

        return Tensor.Of<TTo>(result, tensor.Dims);
    }

    private static Tensor? ToNarrow(Tensor floats, ElementType type, ref string lost)
    {
        if (TensorNumbers.ToNarrow(floats, type, out var value) is { } result)
        {
            return result;
        }

        lost = FormattableString.Invariant($"{value}");
        return null;
    }

    private static Tensor? Lost(Tensor tensor, ref string lost)
    {
        lost = TensorText.Of(new Tensor(tensor.Type, [], tensor.Bytes[..Math.Min(tensor.Bytes.Length, tensor.Type.SizeInBytes())].ToArray()));
        return null;
    }
}
