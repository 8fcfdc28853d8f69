using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Selu: <c>y = Gamma * (x &gt; 0 ? x : Alpha * (e^x - 1))</c>.</summary>
/// <param name="Alpha">1.67326 in ONNX.</param>
/// <param name="Gamma">1.0507 in ONNX.</param>
internal readonly record struct SeluF32(float Alpha, float Gamma) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector negative = TVector.Create(Alpha) * MathF32.ExpMinusOne(x);
        return TVector.Create(Gamma) * TVector.SelectLess(TVector.Zero, x, x, negative);
    }
}
