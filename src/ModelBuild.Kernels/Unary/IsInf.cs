using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX IsInf.</summary>
/// <param name="DetectPositive">Whether infinity counts.</param>
/// <param name="DetectNegative">Whether negative infinity counts.</param>
internal readonly record struct IsInf<T>(bool DetectPositive, bool DetectNegative) : IUnary<T, bool>
    where T : struct, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Invoke(T x) =>
        (DetectPositive && T.IsPositiveInfinity(x)) || (DetectNegative && T.IsNegativeInfinity(x));
}
