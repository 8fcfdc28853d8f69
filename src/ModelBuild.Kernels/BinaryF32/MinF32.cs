using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Min: NaN if either is NaN, and -0 is less than +0.</summary>
internal readonly record struct MinF32 : IBinaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector> => TVector.Min(a, b);
}
