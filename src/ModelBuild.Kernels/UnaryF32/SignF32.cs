using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Sign: -1, 0 or 1. A zero keeps its sign, and NaN stays NaN.</summary>
internal readonly record struct SignF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector positive = TVector.SelectLess(TVector.Zero, x, TVector.Create(1f), x);
        return TVector.SelectLess(x, TVector.Zero, TVector.Create(-1f), positive);
    }
}
