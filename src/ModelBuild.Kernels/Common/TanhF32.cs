using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Tanh; see <see cref="MathF32.Tanh"/>.</summary>
internal readonly record struct TanhF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => MathF32.Tanh(x);
}
