using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX HardSwish: <c>y = x * min(max(x / 6 + 1/2, 0), 1)</c>, with 1/6 as a float factor and the sum rounded once.</summary>
internal readonly record struct HardSwishF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector line = TVector.FusedMultiplyAdd(x, TVector.Create(1f / 6f), TVector.Create(0.5f));
        return x * TVector.AtMost(TVector.AtLeast(line, TVector.Zero), TVector.Create(1f));
    }
}
