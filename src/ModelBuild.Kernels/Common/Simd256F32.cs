using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Eight floats in a 256-bit vector.</summary>
internal struct Simd256F32(Vector256<float> value) : ISimdF32<Simd256F32>
{
    /// <summary>The vector itself: a field, because the JIT inlines only so many calls into one method and a large tile needs them all.</summary>
    public Vector256<float> Value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    public static Simd256F32 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 LoadUnsafe(ref readonly float source, nuint offset) => new(Vector256.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreUnsafe(ref float destination, nuint offset) => Value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 operator +(Simd256F32 left, Simd256F32 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 operator -(Simd256F32 left, Simd256F32 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 operator *(Simd256F32 left, Simd256F32 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 operator /(Simd256F32 left, Simd256F32 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 operator -(Simd256F32 value) => new(value.Value ^ Vector256.Create(-0f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 operator &(Simd256F32 left, Simd256F32 right) => new(left.Value & right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 operator |(Simd256F32 left, Simd256F32 right) => new(left.Value | right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 operator ^(Simd256F32 left, Simd256F32 right) => new(left.Value ^ right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 FusedMultiplyAdd(Simd256F32 left, Simd256F32 right, Simd256F32 addend) =>
        new(Vector256.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Simd256F32 sum, Simd256F32 left, Simd256F32 right) =>
        sum.Value = Vector256.FusedMultiplyAdd(left.Value, right.Value, sum.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Simd256F32 sum, float left, Simd256F32 right) =>
        sum.Value = Vector256.FusedMultiplyAdd(Vector256.Create(left), right.Value, sum.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Max(Simd256F32 left, Simd256F32 right) => new(Vector256.Max(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Min(Simd256F32 left, Simd256F32 right) => new(Vector256.Min(left.Value, right.Value));

    // vmaxps and vminps are exactly this selection: they return their second operand when neither is greater.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 AtLeast(Simd256F32 x, Simd256F32 bound) => Avx.IsSupported
        ? new(Avx.Max(bound.Value, x.Value))
        : new(Vector256.ConditionalSelect(Vector256.GreaterThan(bound.Value, x.Value), bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 AtMost(Simd256F32 x, Simd256F32 bound) => Avx.IsSupported
        ? new(Avx.Min(bound.Value, x.Value))
        : new(Vector256.ConditionalSelect(Vector256.LessThan(bound.Value, x.Value), bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreBounded(ref float destination, nuint offset, Simd256F32 least, Simd256F32 most)
    {
        if (Avx.IsSupported)
        {
            Avx.Min(most.Value, Avx.Max(least.Value, Value)).StoreUnsafe(ref destination, offset);
        }
        else
        {
            AtMost(AtLeast(this, least), most).StoreUnsafe(ref destination, offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Abs(Simd256F32 value) => new(Vector256.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Sqrt(Simd256F32 value) => new(Vector256.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Floor(Simd256F32 value) => new(Vector256.Floor(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Ceiling(Simd256F32 value) => new(Vector256.Ceiling(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Truncate(Simd256F32 value) => new(Vector256.Truncate(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 RoundToEven(Simd256F32 value) => new(Vector256.Round(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 CopySign(Simd256F32 magnitude, Simd256F32 sign) => new(Vector256.CopySign(magnitude.Value, sign.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 SelectEqual(Simd256F32 left, Simd256F32 right, Simd256F32 whenEqual, Simd256F32 otherwise) =>
        Select(new(Vector256.Equals(left.Value, right.Value)), whenEqual, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 SelectLess(Simd256F32 left, Simd256F32 right, Simd256F32 whenLess, Simd256F32 otherwise) =>
        Select(new(Vector256.LessThan(left.Value, right.Value)), whenLess, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 SelectNegative(Simd256F32 sign, Simd256F32 whenNegative, Simd256F32 otherwise) => Avx.IsSupported
        ? new(Avx.BlendVariable(otherwise.Value, whenNegative.Value, sign.Value))
        : new(Vector256.ConditionalSelect((sign.Value.AsInt32() >> 31).AsSingle(), whenNegative.Value, otherwise.Value));

    // One instruction, where the JIT makes three of a mask that it cannot see to be one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Select(Simd256F32 mask, Simd256F32 whenSet, Simd256F32 otherwise) => Avx.IsSupported
        ? new(Avx.BlendVariable(otherwise.Value, whenSet.Value, mask.Value))
        : new(Vector256.ConditionalSelect(mask.Value, whenSet.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 ScaleByPowerOfTwo(Simd256F32 x, Simd256F32 power) => MathF32.ScaleInTwoSteps(x, power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 ShiftToExponent(Simd256F32 value) => new((value.Value.AsInt32() << FloatBits.FractionBits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Exponent(Simd256F32 x) =>
        new(Vector256.ConvertToSingle((x.Value.AsInt32() - Vector256.Create(FloatBits.SqrtHalf)) >> FloatBits.FractionBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256F32 Significand(Simd256F32 x)
    {
        Vector256<int> fraction = (x.Value.AsInt32() - Vector256.Create(FloatBits.SqrtHalf)) & Vector256.Create(FloatBits.FractionMask);
        return new((fraction + Vector256.Create(FloatBits.SqrtHalf)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold<TOperation>(Simd256F32 value, TOperation operation)
        where TOperation : struct, IBinaryF32 =>
        Simd128F32.Fold(operation.Invoke(new Simd128F32(value.Value.GetLower()), new Simd128F32(value.Value.GetUpper())), operation);
}
