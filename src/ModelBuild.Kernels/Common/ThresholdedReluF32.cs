using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX ThresholdedRelu: <c>y = x &gt; Alpha ? x : 0</c>. NaN gives 0.</summary>
/// <param name="Alpha">The threshold.</param>
internal readonly record struct ThresholdedReluF32(float Alpha) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.SelectLess(TVector.Create(Alpha), x, x, TVector.Zero);
}
