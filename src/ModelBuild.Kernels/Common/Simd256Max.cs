using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>256 bits of any number type; see <see cref="ISimdMax{TSelf, T}"/>.</summary>
internal readonly struct Simd256Max<T>(Vector256<T> value) : ISimdMax<Simd256Max<T>, T>
{
    private readonly Vector256<T> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256Max<T> LoadUnsafe(ref readonly T source, nuint offset) => new(Vector256.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreUnsafe(ref T destination, nuint offset) => value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256Max<T> Max(Simd256Max<T> left, Simd256Max<T> right) => new(Vector256.Max(left.value, right.value));
}
