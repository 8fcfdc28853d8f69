using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>One float behind the interface of the vectors: the definition that the wider ones must agree with, and what a kernel's plain variant runs.</summary>
internal readonly struct ScalarF32(float value) : ISimdF32<ScalarF32>
{
    /// <summary>The float itself.</summary>
    public float Value { get; } = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    public static ScalarF32 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(0f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Create(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 LoadUnsafe(ref readonly float source, nuint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreUnsafe(ref float destination, nuint offset) => Unsafe.Add(ref destination, offset) = Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBounded(ref float destination, nuint offset, ScalarF32 least, ScalarF32 most) => AtMost(AtLeast(this, least), most).StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 operator +(ScalarF32 left, ScalarF32 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 operator -(ScalarF32 left, ScalarF32 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 operator *(ScalarF32 left, ScalarF32 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 operator /(ScalarF32 left, ScalarF32 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 operator -(ScalarF32 value) => FromBits(Bits(value) ^ SignBit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 operator &(ScalarF32 left, ScalarF32 right) => FromBits(Bits(left) & Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 operator |(ScalarF32 left, ScalarF32 right) => FromBits(Bits(left) | Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 operator ^(ScalarF32 left, ScalarF32 right) => FromBits(Bits(left) ^ Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 FusedMultiplyAdd(ScalarF32 left, ScalarF32 right, ScalarF32 addend) =>
        new(MathF.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref ScalarF32 sum, ScalarF32 left, ScalarF32 right) => sum = FusedMultiplyAdd(left, right, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref ScalarF32 sum, float left, ScalarF32 right) => sum = FusedMultiplyAdd(new(left), right, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Max(ScalarF32 left, ScalarF32 right) => new(MathF.Max(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Min(ScalarF32 left, ScalarF32 right) => new(MathF.Min(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 AtLeast(ScalarF32 x, ScalarF32 bound) => bound.Value > x.Value ? bound : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 AtMost(ScalarF32 x, ScalarF32 bound) => bound.Value < x.Value ? bound : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Abs(ScalarF32 value) => FromBits(Bits(value) & ~SignBit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Sqrt(ScalarF32 value) => new(MathF.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Floor(ScalarF32 value) => new(MathF.Floor(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Ceiling(ScalarF32 value) => new(MathF.Ceiling(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Truncate(ScalarF32 value) => new(MathF.Truncate(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 RoundToEven(ScalarF32 value) => new(MathF.Round(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 CopySign(ScalarF32 magnitude, ScalarF32 sign) => FromBits((Bits(magnitude) & ~SignBit) | (Bits(sign) & SignBit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 SelectEqual(ScalarF32 left, ScalarF32 right, ScalarF32 whenEqual, ScalarF32 otherwise) => left.Value == right.Value ? whenEqual : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 SelectLess(ScalarF32 left, ScalarF32 right, ScalarF32 whenLess, ScalarF32 otherwise) => left.Value < right.Value ? whenLess : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 SelectNegative(ScalarF32 sign, ScalarF32 whenNegative, ScalarF32 otherwise) => float.IsNegative(sign.Value) ? whenNegative : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Select(ScalarF32 mask, ScalarF32 whenSet, ScalarF32 otherwise) => Bits(mask) != 0 ? whenSet : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 ScaleByPowerOfTwo(ScalarF32 x, ScalarF32 power) => MathF32.ScaleInTwoSteps(x, power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 ShiftToExponent(ScalarF32 value) => FromBits(Bits(value) << FloatBits.FractionBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Exponent(ScalarF32 x) => new((Bits(x) - FloatBits.SqrtHalf) >> FloatBits.FractionBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarF32 Significand(ScalarF32 x) => FromBits(((Bits(x) - FloatBits.SqrtHalf) & FloatBits.FractionMask) + FloatBits.SqrtHalf);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold<TOperation>(ScalarF32 value, TOperation operation)
        where TOperation : struct, IBinaryF32 => value.Value;

    private const int SignBit = int.MinValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bits(ScalarF32 value) => BitConverter.SingleToInt32Bits(value.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarF32 FromBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarF32 Mask(bool set) => FromBits(set ? -1 : 0);
}
