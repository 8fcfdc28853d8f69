using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Sign of integers: -1, 0 or 1.</summary>
internal readonly record struct Sign<T> : IUnary<T, T>
    where T : struct, IBinaryInteger<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T x) => T.IsZero(x) ? x : T.IsNegative(x) ? T.Zero - T.One : T.One;
}
