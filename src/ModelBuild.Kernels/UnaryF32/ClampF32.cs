using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Clip: <c>y = min(max(x, Minimum), Maximum)</c>, in this order when the bounds cross. NaN stays NaN.</summary>
/// <param name="Minimum">The lower bound; negative infinity for none.</param>
/// <param name="Maximum">The upper bound; infinity for none.</param>
internal readonly record struct ClampF32(float Minimum, float Maximum) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.AtMost(TVector.AtLeast(x, TVector.Create(Minimum)), TVector.Create(Maximum));
}
