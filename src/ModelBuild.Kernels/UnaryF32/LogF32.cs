using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Log; see <see cref="MathF32.Log"/>.</summary>
internal readonly record struct LogF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => MathF32.Log(x);
}
