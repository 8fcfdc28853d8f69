using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Four floats in a 128-bit vector: SSE on x64, NEON on Arm64.</summary>
internal struct Simd128F32(Vector128<float> value) : ISimdF32<Simd128F32>
{
    /// <summary>The vector itself: a field, because the JIT inlines only so many calls into one method and a large tile needs them all.</summary>
    public Vector128<float> Value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    public static Simd128F32 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 LoadUnsafe(ref readonly float source, nuint offset) => new(Vector128.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreUnsafe(ref float destination, nuint offset) => Value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 operator +(Simd128F32 left, Simd128F32 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 operator -(Simd128F32 left, Simd128F32 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 operator *(Simd128F32 left, Simd128F32 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 operator /(Simd128F32 left, Simd128F32 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 operator -(Simd128F32 value) => new(value.Value ^ Vector128.Create(-0f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 operator &(Simd128F32 left, Simd128F32 right) => new(left.Value & right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 operator |(Simd128F32 left, Simd128F32 right) => new(left.Value | right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 operator ^(Simd128F32 left, Simd128F32 right) => new(left.Value ^ right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 FusedMultiplyAdd(Simd128F32 left, Simd128F32 right, Simd128F32 addend) =>
        new(Vector128.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Simd128F32 sum, Simd128F32 left, Simd128F32 right) =>
        sum.Value = Vector128.FusedMultiplyAdd(left.Value, right.Value, sum.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Simd128F32 sum, float left, Simd128F32 right) =>
        sum.Value = Vector128.FusedMultiplyAdd(Vector128.Create(left), right.Value, sum.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Max(Simd128F32 left, Simd128F32 right) => new(Vector128.Max(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Min(Simd128F32 left, Simd128F32 right) => new(Vector128.Min(left.Value, right.Value));

    // maxps and minps are exactly this selection: they return their second operand when neither is greater. Arm's fmax and fmin are not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 AtLeast(Simd128F32 x, Simd128F32 bound) => Sse.IsSupported
        ? new(Sse.Max(bound.Value, x.Value))
        : new(Vector128.ConditionalSelect(Vector128.GreaterThan(bound.Value, x.Value), bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 AtMost(Simd128F32 x, Simd128F32 bound) => Sse.IsSupported
        ? new(Sse.Min(bound.Value, x.Value))
        : new(Vector128.ConditionalSelect(Vector128.LessThan(bound.Value, x.Value), bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreBounded(ref float destination, nuint offset, Simd128F32 least, Simd128F32 most)
    {
        if (Sse.IsSupported)
        {
            Sse.Min(most.Value, Sse.Max(least.Value, Value)).StoreUnsafe(ref destination, offset);
        }
        else
        {
            AtMost(AtLeast(this, least), most).StoreUnsafe(ref destination, offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Abs(Simd128F32 value) => new(Vector128.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Sqrt(Simd128F32 value) => new(Vector128.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Floor(Simd128F32 value) => new(Vector128.Floor(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Ceiling(Simd128F32 value) => new(Vector128.Ceiling(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Truncate(Simd128F32 value) => new(Vector128.Truncate(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 RoundToEven(Simd128F32 value) => new(Vector128.Round(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 CopySign(Simd128F32 magnitude, Simd128F32 sign) => new(Vector128.CopySign(magnitude.Value, sign.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 SelectEqual(Simd128F32 left, Simd128F32 right, Simd128F32 whenEqual, Simd128F32 otherwise) =>
        Select(new(Vector128.Equals(left.Value, right.Value)), whenEqual, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 SelectLess(Simd128F32 left, Simd128F32 right, Simd128F32 whenLess, Simd128F32 otherwise) =>
        Select(new(Vector128.LessThan(left.Value, right.Value)), whenLess, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 SelectNegative(Simd128F32 sign, Simd128F32 whenNegative, Simd128F32 otherwise) =>
        Select(new((sign.Value.AsInt32() >> 31).AsSingle()), whenNegative, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Select(Simd128F32 mask, Simd128F32 whenSet, Simd128F32 otherwise) =>
        new(Vector128.ConditionalSelect(mask.Value, whenSet.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 ScaleByPowerOfTwo(Simd128F32 x, Simd128F32 power) => MathF32.ScaleInTwoSteps(x, power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 ShiftToExponent(Simd128F32 value) => new((value.Value.AsInt32() << FloatBits.FractionBits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Exponent(Simd128F32 x) =>
        new(Vector128.ConvertToSingle((x.Value.AsInt32() - Vector128.Create(FloatBits.SqrtHalf)) >> FloatBits.FractionBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128F32 Significand(Simd128F32 x)
    {
        Vector128<int> fraction = (x.Value.AsInt32() - Vector128.Create(FloatBits.SqrtHalf)) & Vector128.Create(FloatBits.FractionMask);
        return new((fraction + Vector128.Create(FloatBits.SqrtHalf)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold<TOperation>(Simd128F32 value, TOperation operation)
        where TOperation : struct, IBinaryF32
    {
        Simd128F32 upper = new(Vector128.Shuffle(value.Value, Vector128.Create(2, 3, 2, 3)));
        Simd128F32 pair = operation.Invoke(value, upper);
        Simd128F32 second = new(Vector128.Shuffle(pair.Value, Vector128.Create(1, 1, 1, 1)));
        return operation.Invoke(pair, second).Value.ToScalar();
    }
}
