using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Erf; see <see cref="MathF32.Erf"/>.</summary>
internal readonly record struct ErfF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => MathF32.Erf(x);
}
