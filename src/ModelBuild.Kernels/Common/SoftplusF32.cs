using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Softplus: <c>y = ln(e^x + 1)</c>, computed as <c>max(x, 0) + ln(1 + e^-|x|)</c>, which does not overflow.</summary>
internal readonly record struct SoftplusF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.AtLeast(x, TVector.Zero) + MathF32.LogOnePlus(MathF32.ExpWithoutOverflow(x | TVector.Create(-0f)));
}
