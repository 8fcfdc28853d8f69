using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Cast between numbers. From floating point to integer it rounds towards zero; where ONNX leaves the result open it saturates, and NaN gives 0. From integer
/// to integer the low bits stay. To a narrower floating-point type it rounds to the nearest, halves to even, overflowing to infinity.
/// <c>y</c> decides the length. Every instruction set gives the same bits.
/// </summary>
internal static partial class Cast
{
    // 2^112, by which the biases of 16-bit and 32-bit floats differ.
    private const float BiasFactor = 5192296858534827628530496329220096f;

    public static void Run<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y)
        where TFrom : struct, INumber<TFrom>
        where TTo : struct, INumber<TTo>
    {
        if (typeof(TFrom) == typeof(Half) && typeof(TTo) == typeof(float))
        {
            WidenHalf(MemoryMarshal.Cast<TFrom, ushort>(x)[..y.Length], MemoryMarshal.Cast<TTo, uint>(y));
            return;
        }

        // Of all number types only an integer has no one half.
        bool fromInteger = TFrom.IsZero(TFrom.One / (TFrom.One + TFrom.One));
        if (fromInteger)
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = TTo.CreateTruncating(x[i]);
            }
        }
        else
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = TTo.CreateSaturating(x[i]);
            }
        }
    }

    /// <summary>
    /// Widens 16-bit floats, eight at a time: exponent and fraction move to their places in 32 bits, where a factor of 2^112 makes up for the other bias, exactly for
    /// denormals too.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private static void WidenHalf(ReadOnlySpan<ushort> x, Span<uint> y)
    {
        ref ushort from = ref MemoryMarshal.GetReference(x);
        ref uint to = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= y.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            Vector128<ushort> halves = Vector128.LoadUnsafe(ref from, (nuint)i);
            WidenHalf(Vector128.WidenLower(halves)).StoreUnsafe(ref to, (nuint)i);
            WidenHalf(Vector128.WidenUpper(halves)).StoreUnsafe(ref to, (nuint)i + 4);
        }

        for (; i < y.Length; i++)
        {
            y[i] = WidenHalf(Vector128.CreateScalar((uint)x[i])).ToScalar();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> WidenHalf(Vector128<uint> half)
    {
        Vector128<uint> sign = Vector128.ShiftLeft(half & Vector128.Create(0x8000u), 16);
        Vector128<uint> magnitude = Vector128.ShiftLeft(half & Vector128.Create(0x7FFFu), 13);
        Vector128<uint> value = (magnitude.AsSingle() * Vector128.Create(BiasFactor)).AsUInt32();

        // Infinity has the largest exponent of the wider type, and a NaN is a quiet one.
        Vector128<int> bits = magnitude.AsInt32();
        value |= Vector128.GreaterThan(bits, Vector128.Create(0x0F7FE000)).AsUInt32() & Vector128.Create(0x7F800000u);
        value |= Vector128.GreaterThan(bits, Vector128.Create(0x0F800000)).AsUInt32() & Vector128.Create(0x00400000u);
        return value | sign;
    }

    /// <summary>ONNX Cast to bool: false for zero of either sign and true for anything else, NaN included.</summary>
    public static void ToBool<TFrom>(ReadOnlySpan<TFrom> x, Span<bool> y)
        where TFrom : struct, INumber<TFrom>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = !TFrom.IsZero(x[i]);
        }
    }

    /// <summary>ONNX Cast from bool: 0 or 1.</summary>
    public static void FromBool<TTo>(ReadOnlySpan<bool> x, Span<TTo> y)
        where TTo : struct, INumber<TTo>
    {
        int i = 0;
        if (typeof(TTo) == typeof(float))
        {
            x = x[..y.Length];
            i = WidenBool(MemoryMarshal.Cast<bool, byte>(x), MemoryMarshal.Cast<TTo, uint>(y));
        }

        for (; i < y.Length; i++)
        {
            y[i] = x[i] ? TTo.One : TTo.Zero;
        }
    }

    /// <summary>Masks become the bits of 1 or 0, eight at a time. Returns how many there are of these.</summary>
    [MethodImpl(HotLoop.Options)]
    private static int WidenBool(ReadOnlySpan<byte> x, Span<uint> y)
    {
        ref byte from = ref MemoryMarshal.GetReference(x);
        ref uint to = ref MemoryMarshal.GetReference(y);
        Vector128<uint> one = Vector128.Create(1f).AsUInt32();
        int i = 0;
        for (; i <= x.Length - Vector64<byte>.Count; i += Vector64<byte>.Count)
        {
            Vector128<byte> flags = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, i))).AsByte();
            Vector128<ushort> wide = Vector128.WidenLower(flags);
            Vector128.AndNot(one, Vector128.Equals(Vector128.WidenLower(wide), Vector128<uint>.Zero)).StoreUnsafe(ref to, (nuint)i);
            Vector128.AndNot(one, Vector128.Equals(Vector128.WidenUpper(wide), Vector128<uint>.Zero)).StoreUnsafe(ref to, (nuint)i + 4);
        }

        return i;
    }
}
