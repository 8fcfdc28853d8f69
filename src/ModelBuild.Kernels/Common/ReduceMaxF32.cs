using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX ReduceMax: NaN if any value is; the maximum of no values is negative infinity.</summary>
internal readonly record struct ReduceMaxF32 : IReductionF32
{
    public float Start => float.NegativeInfinity;

    public float Padding => float.NegativeInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Accumulate<TVector>(TVector accumulator, TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.Max(accumulator, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Combine<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector> => TVector.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Finish<TVector>(TVector accumulator, float count)
        where TVector : struct, ISimdF32<TVector> => accumulator;
}
