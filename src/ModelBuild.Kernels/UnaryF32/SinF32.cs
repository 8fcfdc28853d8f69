using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Sin; see <see cref="MathF32.Sin"/>.</summary>
internal readonly record struct SinF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => MathF32.Sin(x);
}
