using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX ReduceMin: NaN if any value is; the minimum of no values is infinity.</summary>
internal readonly record struct ReduceMinF32 : IReductionF32
{
    public float Start => float.PositiveInfinity;

    public float Padding => float.PositiveInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Accumulate<TVector>(TVector accumulator, TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.Min(accumulator, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Combine<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector> => TVector.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Finish<TVector>(TVector accumulator, float count)
        where TVector : struct, ISimdF32<TVector> => accumulator;
}
