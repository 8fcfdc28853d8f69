using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Abs. The smallest integer wraps around to itself.</summary>
internal readonly record struct Abs<T> : IUnary<T, T>
    where T : struct, IBinaryInteger<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T x) => T.IsNegative(x) ? T.Zero - x : x;
}
