using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Two vectors that act as one of twice the width. It gives a narrow instruction set the sixteen lanes that reductions are defined with, and any instruction
/// set more independent work in flight.
/// </summary>
internal struct Pair<TVector>(TVector lower, TVector upper) : ISimdF32<Pair<TVector>>
    where TVector : struct, ISimdF32<TVector>
{
    /// <summary>The first half of the lanes.</summary>
    public TVector Lower = lower;

    /// <summary>The second half of the lanes.</summary>
    public TVector Upper = upper;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TVector.Count;
    }

    public static Pair<TVector> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(TVector.Zero, TVector.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Create(float value) => new(TVector.Create(value), TVector.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> LoadUnsafe(ref readonly float source, nuint offset) =>
        new(TVector.LoadUnsafe(in source, offset), TVector.LoadUnsafe(in source, offset + (nuint)TVector.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreUnsafe(ref float destination, nuint offset)
    {
        Lower.StoreUnsafe(ref destination, offset);
        Upper.StoreUnsafe(ref destination, offset + (nuint)TVector.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreBounded(ref float destination, nuint offset, Pair<TVector> least, Pair<TVector> most)
    {
        Lower.StoreBounded(ref destination, offset, least.Lower, most.Lower);
        Upper.StoreBounded(ref destination, offset + (nuint)TVector.Count, least.Upper, most.Upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> operator +(Pair<TVector> left, Pair<TVector> right) =>
        new(left.Lower + right.Lower, left.Upper + right.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> operator -(Pair<TVector> left, Pair<TVector> right) =>
        new(left.Lower - right.Lower, left.Upper - right.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> operator *(Pair<TVector> left, Pair<TVector> right) =>
        new(left.Lower * right.Lower, left.Upper * right.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> operator /(Pair<TVector> left, Pair<TVector> right) =>
        new(left.Lower / right.Lower, left.Upper / right.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> operator -(Pair<TVector> value) => new(-value.Lower, -value.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> operator &(Pair<TVector> left, Pair<TVector> right) =>
        new(left.Lower & right.Lower, left.Upper & right.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> operator |(Pair<TVector> left, Pair<TVector> right) =>
        new(left.Lower | right.Lower, left.Upper | right.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> operator ^(Pair<TVector> left, Pair<TVector> right) =>
        new(left.Lower ^ right.Lower, left.Upper ^ right.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> FusedMultiplyAdd(Pair<TVector> left, Pair<TVector> right, Pair<TVector> addend) =>
        new(TVector.FusedMultiplyAdd(left.Lower, right.Lower, addend.Lower), TVector.FusedMultiplyAdd(left.Upper, right.Upper, addend.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Pair<TVector> sum, Pair<TVector> left, Pair<TVector> right)
    {
        TVector.AddProduct(ref sum.Lower, left.Lower, right.Lower);
        TVector.AddProduct(ref sum.Upper, left.Upper, right.Upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Pair<TVector> sum, float left, Pair<TVector> right)
    {
        TVector.AddProduct(ref sum.Lower, left, right.Lower);
        TVector.AddProduct(ref sum.Upper, left, right.Upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Max(Pair<TVector> left, Pair<TVector> right) =>
        new(TVector.Max(left.Lower, right.Lower), TVector.Max(left.Upper, right.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Min(Pair<TVector> left, Pair<TVector> right) =>
        new(TVector.Min(left.Lower, right.Lower), TVector.Min(left.Upper, right.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> AtLeast(Pair<TVector> x, Pair<TVector> bound) =>
        new(TVector.AtLeast(x.Lower, bound.Lower), TVector.AtLeast(x.Upper, bound.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> AtMost(Pair<TVector> x, Pair<TVector> bound) =>
        new(TVector.AtMost(x.Lower, bound.Lower), TVector.AtMost(x.Upper, bound.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Abs(Pair<TVector> value) => new(TVector.Abs(value.Lower), TVector.Abs(value.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Sqrt(Pair<TVector> value) => new(TVector.Sqrt(value.Lower), TVector.Sqrt(value.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Floor(Pair<TVector> value) => new(TVector.Floor(value.Lower), TVector.Floor(value.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Ceiling(Pair<TVector> value) => new(TVector.Ceiling(value.Lower), TVector.Ceiling(value.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Truncate(Pair<TVector> value) => new(TVector.Truncate(value.Lower), TVector.Truncate(value.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> RoundToEven(Pair<TVector> value) =>
        new(TVector.RoundToEven(value.Lower), TVector.RoundToEven(value.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> CopySign(Pair<TVector> magnitude, Pair<TVector> sign) =>
        new(TVector.CopySign(magnitude.Lower, sign.Lower), TVector.CopySign(magnitude.Upper, sign.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> SelectEqual(Pair<TVector> left, Pair<TVector> right, Pair<TVector> whenEqual, Pair<TVector> otherwise) =>
        new(TVector.SelectEqual(left.Lower, right.Lower, whenEqual.Lower, otherwise.Lower), TVector.SelectEqual(left.Upper, right.Upper, whenEqual.Upper, otherwise.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> SelectLess(Pair<TVector> left, Pair<TVector> right, Pair<TVector> whenLess, Pair<TVector> otherwise) =>
        new(TVector.SelectLess(left.Lower, right.Lower, whenLess.Lower, otherwise.Lower), TVector.SelectLess(left.Upper, right.Upper, whenLess.Upper, otherwise.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> SelectNegative(Pair<TVector> sign, Pair<TVector> whenNegative, Pair<TVector> otherwise) =>
        new(TVector.SelectNegative(sign.Lower, whenNegative.Lower, otherwise.Lower), TVector.SelectNegative(sign.Upper, whenNegative.Upper, otherwise.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Select(Pair<TVector> mask, Pair<TVector> whenSet, Pair<TVector> otherwise) =>
        new(TVector.Select(mask.Lower, whenSet.Lower, otherwise.Lower), TVector.Select(mask.Upper, whenSet.Upper, otherwise.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> ScaleByPowerOfTwo(Pair<TVector> x, Pair<TVector> power) =>
        new(TVector.ScaleByPowerOfTwo(x.Lower, power.Lower), TVector.ScaleByPowerOfTwo(x.Upper, power.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> ShiftToExponent(Pair<TVector> value) => new(TVector.ShiftToExponent(value.Lower), TVector.ShiftToExponent(value.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Exponent(Pair<TVector> x) => new(TVector.Exponent(x.Lower), TVector.Exponent(x.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Significand(Pair<TVector> x) => new(TVector.Significand(x.Lower), TVector.Significand(x.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold<TOperation>(Pair<TVector> value, TOperation operation)
        where TOperation : struct, IBinaryF32 => TVector.Fold(operation.Invoke(value.Lower, value.Upper), operation);
}
