using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Max: NaN if either is NaN, and -0 is less than +0.</summary>
internal readonly record struct Max<T> : IBinary<T, T>
    where T : struct, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T a, T b) => T.Max(a, b);
}
