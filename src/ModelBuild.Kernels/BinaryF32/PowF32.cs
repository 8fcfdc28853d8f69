using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Pow; see <see cref="MathF32.Pow"/>.</summary>
internal readonly record struct PowF32 : IBinaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector> => MathF32.Pow(a, b);
}
