using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Neg. The smallest integer wraps around to itself.</summary>
internal readonly record struct Neg<T> : IUnary<T, T>
    where T : struct, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T x) => -x;
}
