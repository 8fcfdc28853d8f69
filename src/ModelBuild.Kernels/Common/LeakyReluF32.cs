using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX LeakyRelu: <c>y = x &lt; 0 ? Alpha * x : x</c>.</summary>
/// <param name="Alpha">The slope of the negative side.</param>
internal readonly record struct LeakyReluF32(float Alpha) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.SelectLess(x, TVector.Zero, x * TVector.Create(Alpha), x);
}
