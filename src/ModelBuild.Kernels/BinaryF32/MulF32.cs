using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Mul.</summary>
internal readonly record struct MulF32 : IBinaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector> => a * b;
}
