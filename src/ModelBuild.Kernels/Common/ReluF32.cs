using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Relu: <c>y = max(x, 0)</c>. NaN and -0 stay what they are.</summary>
internal readonly record struct ReluF32 : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.AtLeast(x, TVector.Zero);
}
