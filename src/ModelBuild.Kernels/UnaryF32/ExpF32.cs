using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Exp; see <see cref="MathF32.Exp"/>.</summary>
internal readonly record struct ExpF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => MathF32.Exp(x);
}
