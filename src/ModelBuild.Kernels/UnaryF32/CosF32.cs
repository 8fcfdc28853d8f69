using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Cos; see <see cref="MathF32.Cos"/>.</summary>
internal readonly record struct CosF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => MathF32.Cos(x);
}
