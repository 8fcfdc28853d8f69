using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX ReduceL2: the square root of the sum of squares.</summary>
internal readonly record struct ReduceL2F32 : IReductionF32
{
    public float Start => 0f;

    public float Padding => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Accumulate<TVector>(TVector accumulator, TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.FusedMultiplyAdd(x, x, accumulator);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Combine<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector> => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Finish<TVector>(TVector accumulator, float count)
        where TVector : struct, ISimdF32<TVector> => TVector.Sqrt(accumulator);
}
