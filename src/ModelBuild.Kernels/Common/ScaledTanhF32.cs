using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary><c>y = Alpha * tanh(Beta * x)</c>.</summary>
/// <param name="Alpha">The limit at infinity.</param>
/// <param name="Beta">What x is multiplied by.</param>
internal readonly record struct ScaledTanhF32(float Alpha, float Beta) : IUnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimdF32<TVector> => TVector.Create(Alpha) * MathF32.Tanh(TVector.Create(Beta) * x);
}
