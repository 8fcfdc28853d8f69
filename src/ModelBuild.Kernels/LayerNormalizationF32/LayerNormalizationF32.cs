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
            TVector mean = TVector.Create(Stripes.Reduce<TVector, ReduceSumF32>(ref from, length, default) / length);
            float variance = SumOfSquares(ref from, length, mean) / length;
            TVector factor = TVector.Create(1f / MathF.Sqrt(variance + epsilon));

            int i = 0;
            for (; i <= length - TVector.Count; i += TVector.Count)
            {
                TVector normal = (TVector.LoadUnsafe(in from, (nuint)i) - mean) * factor;
                TVector offset = bias.IsEmpty ? TVector.Create(-0f) : TVector.LoadUnsafe(in biases, (nuint)i);
                TVector.FusedMultiplyAdd(normal, TVector.LoadUnsafe(in scales, (nuint)i), offset).StoreUnsafe(ref to, (nuint)i);
            }

            int rest = length - i;
            if (rest > 0)
            {
                TVector normal = (Partial.Load<TVector>(ref from, (nuint)i, rest, 0f) - mean) * factor;
                TVector offset = bias.IsEmpty ? TVector.Create(-0f) : Partial.Load<TVector>(ref biases, (nuint)i, rest, 0f);
                normal = TVector.FusedMultiplyAdd(normal, Partial.Load<TVector>(ref scales, (nuint)i, rest, 0f), offset);
                Partial.Store(normal, ref to, (nuint)i, rest);
            }
        }
    }

    /// <summary>The sum of <c>(x - mean)^2</c> in the order of <see cref="Stripes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumOfSquares<TVector>(ref float x, int length, TVector mean)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector total = TVector.Zero;
        int i = 0;
        for (; i <= length - TVector.Count; i += TVector.Count)
        {
            TVector difference = TVector.LoadUnsafe(in x, (nuint)i) - mean;
            total = TVector.FusedMultiplyAdd(difference, difference, total);
        }

        int rest = length - i;
        if (rest > 0)
        {
            // Lanes beyond the row hold the mean, so that their difference is zero.
            Span<float> block = stackalloc float[TVector.Count];
            mean.StoreUnsafe(ref MemoryMarshal.GetReference(block), 0);
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref x, i), rest).CopyTo(block);
            TVector difference = TVector.LoadUnsafe(ref MemoryMarshal.GetReference(block), 0) - mean;
            total = TVector.FusedMultiplyAdd(difference, difference, total);
        }

        return TVector.Fold(total, default(AddF32));
    }
}
