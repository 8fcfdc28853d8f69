using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Celu: <c>y = max(0, x) + min(0, Alpha * (e^(x / Alpha) - 1))</c>, that is x above zero for a positive Alpha.</summary>
/// <param name="Alpha">Minus the limit at negative infinity; positive.</param>
internal readonly record struct CeluF32(float Alpha) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.SelectLess(x, TVector.Zero, TVector.Create(Alpha) * MathF32.ExpMinusOne(x / TVector.Create(Alpha)), x);
}
