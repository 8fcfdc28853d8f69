using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>128 bits of any number type; see <see cref="ISimdMax{TSelf, T}"/>.</summary>
internal readonly struct Simd128Max<T>(Vector128<T> value) : ISimdMax<Simd128Max<T>, T>
{
    private readonly Vector128<T> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128Max<T> LoadUnsafe(ref readonly T source, nuint offset) => new(Vector128.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreUnsafe(ref T destination, nuint offset) => value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128Max<T> Max(Simd128Max<T> left, Simd128Max<T> right) => new(Vector128.Max(left.value, right.value));
}
