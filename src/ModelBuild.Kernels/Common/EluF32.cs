using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Elu: <c>y = x &lt; 0 ? Alpha * (e^x - 1) : x</c>.</summary>
/// <param name="Alpha">Minus the limit at negative infinity.</param>
internal readonly record struct EluF32(float Alpha) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.SelectLess(x, TVector.Zero, TVector.Create(Alpha) * MathF32.ExpMinusOne(x), x);
}
