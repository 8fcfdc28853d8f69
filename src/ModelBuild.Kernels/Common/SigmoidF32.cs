using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Sigmoid; see <see cref="MathF32.Sigmoid"/>.</summary>
internal readonly record struct SigmoidF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => MathF32.Sigmoid(x);
}
