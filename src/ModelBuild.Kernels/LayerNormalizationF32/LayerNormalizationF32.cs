using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX LayerNormalization of each row of <c>x[rows, length]</c>: <c>y = (x - mean) * (1 / sqrt(variance + epsilon)) * scale + bias</c>, the last product and sum
/// rounded once. <c>scale</c> and <c>bias</c> have one value per column; an empty bias is none. Mean and variance (the mean square of <c>x - mean</c>) are summed in the
/// order of <see cref="Stripes"/>; results are the same bits at every instruction set. y may be the same span as x.
/// </summary>
internal static partial class LayerNormalizationF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int rows, int length, float epsilon) =>
        RunOn(Isa.Best, x, scale, bias, y, rows, length, epsilon);

    /// <summary>Runs the variant of one instruction set, which must be supported.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int rows, int length, float epsilon)
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                RunVectors<Simd512F32>(x, scale, bias, y, rows, length, epsilon);
                break;
            case IsaLevel.AvxVnni:
            case IsaLevel.Avx2:
                RunVectors<Pair<Simd256F32>>(x, scale, bias, y, rows, length, epsilon);
                break;
            case IsaLevel.Vector128:
                RunVectors<Pair<Pair<Simd128F32>>>(x, scale, bias, y, rows, length, epsilon);
                break;
            default:
                Reference(x, scale, bias, y, rows, length, epsilon);
                break;
        }
    }

    /// <summary><typeparamref name="TVector"/> has 16 lanes.</summary>
    private static void RunVectors<TVector>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int rows, int length, float epsilon)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float scales = ref MemoryMarshal.GetReference(scale[..length]);
        ref float biases = ref bias.IsEmpty ? ref Unsafe.NullRef<float>() : ref MemoryMarshal.GetReference(bias[..length]);
        for (int row = 0; row < rows; row++)
        {
            ref float from = ref MemoryMarshal.GetReference(x.Slice(row * length, length));
            ref float to = ref MemoryMarshal.GetReference(y.Slice(row * length, length));
            float mean = Sum<TVector>(ref from, length) / length;
            float variance = SumOfSquares<TVector>(ref from, length, mean) / length;
            Normalize<TVector>(ref from, ref scales, ref biases, ref to, length, mean, 1f / MathF.Sqrt(variance + epsilon));
        }
    }

    // Methods that are not inlined, with few operations each: the JIT inlines so many calls into one method and no more.
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static float Sum<TVector>(ref float x, int length)
        where TVector : struct, ISimdF32<TVector> => Stripes.Reduce<TVector, ReduceSumF32>(ref x, length, default);

    /// <summary>The sum of <c>(x - mean)^2</c> in the order of <see cref="Stripes"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static float SumOfSquares<TVector>(ref float x, int length, float mean)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector means = TVector.Create(mean), total = TVector.Zero;
        for (int i = 0; i < length; i += Stripes.Count)
        {
            // Lanes beyond the row hold the mean, so that their difference is zero.
            TVector difference = Partial.LoadUpTo<TVector>(ref x, (nuint)i, length - i, mean) - means;
            TVector.AddProduct(ref total, difference, difference);
        }

        return TVector.Fold(total, default(AddF32));
    }

    /// <summary><c>(x - mean) * factor * scale + bias</c>; <paramref name="biases"/> may be a null reference.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Normalize<TVector>(ref float x, ref float scales, ref float biases, ref float y, int length, float mean, float factor)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector means = TVector.Create(mean), factors = TVector.Create(factor);
        for (int i = 0; i < length; i += Stripes.Count)
        {
            int rest = length - i;
            TVector normal = (Partial.LoadUpTo<TVector>(ref x, (nuint)i, rest, 0f) - means) * factors;
            TVector offset = Unsafe.IsNullRef(ref biases) ? TVector.Create(-0f) : Partial.LoadUpTo<TVector>(ref biases, (nuint)i, rest, 0f);
            normal = TVector.FusedMultiplyAdd(normal, Partial.LoadUpTo<TVector>(ref scales, (nuint)i, rest, 0f), offset);
            Partial.StoreUpTo(normal, ref y, (nuint)i, rest);
        }
    }
}
