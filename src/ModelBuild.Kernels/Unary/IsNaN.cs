using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX IsNaN.</summary>
internal readonly record struct IsNaN<T> : IUnary<T, bool>
    where T : struct, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Invoke(T x) => T.IsNaN(x);
}
