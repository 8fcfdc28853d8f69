using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>One element behind the interface of the vectors; see <see cref="ISimdMax{TSelf, T}"/>.</summary>
internal readonly struct ScalarMax<T>(T value) : ISimdMax<ScalarMax<T>, T>
    where T : struct, INumber<T>
{
    private readonly T value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarMax<T> LoadUnsafe(ref readonly T source, nuint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreUnsafe(ref T destination, nuint offset) => Unsafe.Add(ref destination, offset) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarMax<T> Max(ScalarMax<T> left, ScalarMax<T> right) => new(T.Max(left.value, right.value));
}
