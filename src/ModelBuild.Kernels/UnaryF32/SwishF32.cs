using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Swish: <c>y = x * sigmoid(Alpha * x)</c>; with Alpha 1 it is SiLU.</summary>
/// <param name="Alpha">1 in ONNX.</param>
internal readonly record struct SwishF32(float Alpha) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => x * MathF32.Sigmoid(x * TVector.Create(Alpha));
}
