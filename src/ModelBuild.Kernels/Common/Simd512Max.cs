using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>512 bits of any number type; see <see cref="ISimdMax{TSelf, T}"/>.</summary>
internal readonly struct Simd512Max<T>(Vector512<T> value) : ISimdMax<Simd512Max<T>, T>
{
    private readonly Vector512<T> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512Max<T> LoadUnsafe(ref readonly T source, nuint offset) => new(Vector512.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreUnsafe(ref T destination, nuint offset) => value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512Max<T> Max(Simd512Max<T> left, Simd512Max<T> right) => new(Vector512.Max(left.value, right.value));
}
