using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>A function that a recurrent layer applies to its gates.</summary>
/// <param name="Function">Which one: a <see cref="RecurrentFunction"/>.</param>
/// <param name="Alpha">Its first parameter.</param>
/// <param name="Beta">Its second parameter.</param>
internal readonly record struct RecurrentActivation(int Function, float Alpha, float Beta)
{
    /// <summary>The value of the function.</summary>
    public float Of(float x)
    {
        Span<float> value = stackalloc float[1];
        value[0] = x;
        Apply<ScalarF32>(value);
        return value[0];
    }

    /// <summary>Applies the function in place to values that are whole vectors.</summary>
    public void Apply<TVector>(Span<float> values)
        where TVector : struct, ISimdF32<TVector>
    {
        switch ((RecurrentFunction)Function)
        {
            case RecurrentFunction.Sigmoid: Sweep<TVector, SigmoidF32>(values, default); break;
            case RecurrentFunction.Tanh: Sweep<TVector, TanhF32>(values, default); break;
            case RecurrentFunction.Relu: Sweep<TVector, ReluF32>(values, default); break;
            case RecurrentFunction.Affine: Sweep<TVector, AffineF32>(values, new AffineF32(Alpha, Beta)); break;
            case RecurrentFunction.LeakyRelu: Sweep<TVector, LeakyReluF32>(values, new LeakyReluF32(Alpha)); break;
            case RecurrentFunction.ThresholdedRelu: Sweep<TVector, ThresholdedReluF32>(values, new ThresholdedReluF32(Alpha)); break;
            case RecurrentFunction.ScaledTanh: Sweep<TVector, ScaledTanhF32>(values, new ScaledTanhF32(Alpha, Beta)); break;
            case RecurrentFunction.HardSigmoid: Sweep<TVector, HardSigmoidF32>(values, new HardSigmoidF32(Alpha, Beta)); break;
            case RecurrentFunction.Elu: Sweep<TVector, EluF32>(values, new EluF32(Alpha)); break;
            case RecurrentFunction.Softsign: Sweep<TVector, SoftsignF32>(values, default); break;
            default: Sweep<TVector, SoftplusF32>(values, default); break;
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Sweep<TVector, TOperation>(Span<float> values, TOperation operation)
        where TVector : struct, ISimdF32<TVector>
        where TOperation : struct, IUnaryF32
    {
        ref float start = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i <= values.Length - TVector.Count; i += TVector.Count)
        {
            operation.Invoke(TVector.LoadUnsafe(in start, (nuint)i)).StoreUnsafe(ref start, (nuint)i);
        }
    }
}
