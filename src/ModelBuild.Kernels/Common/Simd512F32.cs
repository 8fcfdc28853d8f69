using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Sixteen floats in a 512-bit vector.</summary>
internal struct Simd512F32(Vector512<float> value) : ISimdF32<Simd512F32>
{
    /// <summary>The vector itself: a field, because the JIT inlines only so many calls into one method and a large tile needs them all.</summary>
    public Vector512<float> Value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    public static Simd512F32 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 LoadUnsafe(ref readonly float source, nuint offset) => new(Vector512.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreUnsafe(ref float destination, nuint offset) => Value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 operator +(Simd512F32 left, Simd512F32 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 operator -(Simd512F32 left, Simd512F32 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 operator *(Simd512F32 left, Simd512F32 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 operator /(Simd512F32 left, Simd512F32 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 operator -(Simd512F32 value) => new(value.Value ^ Vector512.Create(-0f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 operator &(Simd512F32 left, Simd512F32 right) => new(left.Value & right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 operator |(Simd512F32 left, Simd512F32 right) => new(left.Value | right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 operator ^(Simd512F32 left, Simd512F32 right) => new(left.Value ^ right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 FusedMultiplyAdd(Simd512F32 left, Simd512F32 right, Simd512F32 addend) =>
        new(Vector512.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Simd512F32 sum, Simd512F32 left, Simd512F32 right) =>
        sum.Value = Vector512.FusedMultiplyAdd(left.Value, right.Value, sum.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Simd512F32 sum, float left, Simd512F32 right) =>
        sum.Value = Vector512.FusedMultiplyAdd(Vector512.Create(left), right.Value, sum.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Max(Simd512F32 left, Simd512F32 right) => new(Vector512.Max(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Min(Simd512F32 left, Simd512F32 right) => new(Vector512.Min(left.Value, right.Value));

    // vmaxps and vminps are exactly this selection: they return their second operand when neither is greater.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 AtLeast(Simd512F32 x, Simd512F32 bound) => Avx512F.IsSupported
        ? new(Avx512F.Max(bound.Value, x.Value))
        : new(Vector512.ConditionalSelect(Vector512.GreaterThan(bound.Value, x.Value), bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 AtMost(Simd512F32 x, Simd512F32 bound) => Avx512F.IsSupported
        ? new(Avx512F.Min(bound.Value, x.Value))
        : new(Vector512.ConditionalSelect(Vector512.LessThan(bound.Value, x.Value), bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreBounded(ref float destination, nuint offset, Simd512F32 least, Simd512F32 most)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.Min(most.Value, Avx512F.Max(least.Value, Value)).StoreUnsafe(ref destination, offset);
        }
        else
        {
            AtMost(AtLeast(this, least), most).StoreUnsafe(ref destination, offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Abs(Simd512F32 value) => new(Vector512.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Sqrt(Simd512F32 value) => new(Vector512.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Floor(Simd512F32 value) => new(Vector512.Floor(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Ceiling(Simd512F32 value) => new(Vector512.Ceiling(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Truncate(Simd512F32 value) => new(Vector512.Truncate(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 RoundToEven(Simd512F32 value) => new(Vector512.Round(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 CopySign(Simd512F32 magnitude, Simd512F32 sign) => new(Vector512.CopySign(magnitude.Value, sign.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 SelectEqual(Simd512F32 left, Simd512F32 right, Simd512F32 whenEqual, Simd512F32 otherwise) => Avx512F.IsSupported
        ? new(Avx512F.BlendVariable(otherwise.Value, whenEqual.Value, Vector512.Equals(left.Value, right.Value)))
        : new(Vector512.ConditionalSelect(Vector512.Equals(left.Value, right.Value), whenEqual.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 SelectLess(Simd512F32 left, Simd512F32 right, Simd512F32 whenLess, Simd512F32 otherwise) => Avx512F.IsSupported
        ? new(Avx512F.BlendVariable(otherwise.Value, whenLess.Value, Vector512.LessThan(left.Value, right.Value)))
        : new(Vector512.ConditionalSelect(Vector512.LessThan(left.Value, right.Value), whenLess.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 SelectNegative(Simd512F32 sign, Simd512F32 whenNegative, Simd512F32 otherwise) => Avx512F.IsSupported
        ? new(Avx512F.BlendVariable(otherwise.Value, whenNegative.Value, sign.Value))
        : new(Vector512.ConditionalSelect((sign.Value.AsInt32() >> 31).AsSingle(), whenNegative.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Select(Simd512F32 mask, Simd512F32 whenSet, Simd512F32 otherwise) =>
        new(Vector512.ConditionalSelect(mask.Value, whenSet.Value, otherwise.Value));

    // vscalefps rounds once, as the two multiplications of the narrower vectors do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 ScaleByPowerOfTwo(Simd512F32 x, Simd512F32 power) =>
        Avx512F.IsSupported ? new(Avx512F.Scale(x.Value, power.Value)) : MathF32.ScaleInTwoSteps(x, power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 ShiftToExponent(Simd512F32 value) => new((value.Value.AsInt32() << FloatBits.FractionBits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Exponent(Simd512F32 x) =>
        new(Vector512.ConvertToSingle((x.Value.AsInt32() - Vector512.Create(FloatBits.SqrtHalf)) >> FloatBits.FractionBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512F32 Significand(Simd512F32 x)
    {
        Vector512<int> fraction = (x.Value.AsInt32() - Vector512.Create(FloatBits.SqrtHalf)) & Vector512.Create(FloatBits.FractionMask);
        return new((fraction + Vector512.Create(FloatBits.SqrtHalf)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold<TOperation>(Simd512F32 value, TOperation operation)
        where TOperation : struct, IBinaryF32 =>
        Simd256F32.Fold(operation.Invoke(new Simd256F32(value.Value.GetLower()), new Simd256F32(value.Value.GetUpper())), operation);
}
