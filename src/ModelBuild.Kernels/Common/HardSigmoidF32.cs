using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX HardSigmoid: <c>y = min(max(Alpha * x + Beta, 0), 1)</c>, the sum rounded once.</summary>
/// <param name="Alpha">The slope; 0.2 in ONNX.</param>
/// <param name="Beta">The value at 0; 0.5 in ONNX.</param>
internal readonly record struct HardSigmoidF32(float Alpha, float Beta) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector line = TVector.FusedMultiplyAdd(x, TVector.Create(Alpha), TVector.Create(Beta));
        return TVector.AtMost(TVector.AtLeast(line, TVector.Zero), TVector.Create(1f));
    }
}
