using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX BitwiseNot.</summary>
internal readonly record struct BitwiseNot<T> : IUnary<T, T>
    where T : struct, IBinaryInteger<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T x) => ~x;
}
