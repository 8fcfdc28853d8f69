using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Gelu with approximate="tanh": <c>y = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))</c>.</summary>
internal readonly record struct GeluTanhF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector half = x * TVector.Create(0.5f);
        TVector cubic = TVector.FusedMultiplyAdd(x * x * TVector.Create(0.044715f), x, x);
        return TVector.FusedMultiplyAdd(half, MathF32.Tanh(cubic * TVector.Create(0.7978846f)), half);
    }
}
