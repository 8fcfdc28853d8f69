using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Softsign: <c>y = x / (1 + |x|)</c>.</summary>
internal readonly record struct SoftsignF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => x / (TVector.Abs(x) + TVector.Create(1f));
}
