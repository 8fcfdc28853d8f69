using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Div of floating-point numbers.</summary>
internal readonly record struct Div<T> : IBinary<T, T>
    where T : struct, IFloatingPoint<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T a, T b) => a / b;
}
