using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Mish: <c>y = x * tanh(ln(1 + e^x))</c>, computed as <c>x * n / (n + 2)</c> with <c>n = e^x * (e^x + 2)</c>.</summary>
internal readonly record struct MishF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        // From 20 on n / (n + 2) rounds to 1, and n stays finite.
        TVector e = MathF32.ExpWithoutOverflow(TVector.AtMost(x, TVector.Create(20f)));
        TVector n = e * (e + TVector.Create(2f));
        return x * (n / (n + TVector.Create(2f)));
    }
}
