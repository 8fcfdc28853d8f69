using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Equal: false if either is NaN.</summary>
internal readonly record struct Equal<T> : IBinary<T, bool>
    where T : struct, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Invoke(T a, T b) => a == b;
}
