using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX PRelu: <c>y = a &lt; 0 ? a * b : a</c>, where b is the slope.</summary>
internal readonly record struct PReluF32 : IBinaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector> => TVector.SelectLess(a, TVector.Zero, a * b, a);
}
