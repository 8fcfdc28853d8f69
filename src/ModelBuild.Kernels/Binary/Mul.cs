using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Mul. Integers wrap around.</summary>
internal readonly record struct Mul<T> : IBinary<T, T>
    where T : struct, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T a, T b) => a * b;
}
