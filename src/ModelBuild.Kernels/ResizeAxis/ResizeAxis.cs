using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Resize along one axis, of x seen as <c>[outer, length, inner]</c>. Interpolation is separable: all axes one after the other. The weights of a row of the output
/// are found once for all of its elements.
/// </summary>
internal static partial class ResizeAxis
{
    private const int MostTaps = 64;
    private const int ShortestVector = 4;

    /// <summary>Resizes. Results are the same bits at every instruction set.</summary>
    /// <param name="x">[outer, length, inner].</param>
    /// <param name="scales">The factor of every axis of the tensor.</param>
    /// <param name="roi">For crops, where each axis begins and then where each ends, as shares of its length; may be empty.</param>
    /// <param name="y">[outer, outputs, inner].</param>
    /// <param name="outer">Elements before the axis.</param>
    /// <param name="length">Elements along the axis.</param>
    /// <param name="inner">Elements behind the axis.</param>
    /// <param name="outputs">Elements of the output along the axis.</param>
    /// <param name="axis">Which axis of the tensor it is.</param>
    /// <param name="filter">How to interpolate.</param>
    public static void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<float> scales, ReadOnlySpan<float> roi, Span<T> y, int outer, int length, int inner, int outputs, int axis, in ResizeFilter filter)
        where T : unmanaged, INumber<T> => RunOn(Isa.Best, x, scales, roi, y, outer, length, inner, outputs, axis, filter);

    /// <summary>Runs the variant of one instruction set, which must be supported.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void RunOn<T>(IsaLevel isa, ReadOnlySpan<T> x, ReadOnlySpan<float> scales, ReadOnlySpan<float> roi, Span<T> y, int outer, int length, int inner, int outputs, int axis, in ResizeFilter filter)
        where T : unmanaged, INumber<T>
    {
        Span<float> taps = stackalloc float[MostTaps];
        double scale = scales[axis];
        double begin = roi.IsEmpty ? 0 : roi[axis];
        double end = roi.IsEmpty ? 1 : roi[axis + (roi.Length / 2)];
        for (int o = 0; o < outputs; o++)
        {
            double position = filter.Position(o, scale, length, outputs, begin, end);
            if (filter.IsOutside(position, length))
            {
                for (int n = 0; n < outer; n++)
                {
                    y.Slice(((n * outputs) + o) * inner, inner).Fill(T.CreateSaturating(filter.Extrapolation));
                }

                continue;
            }

            if (filter.Mode == ResizeFilter.Nearest)
            {
                int from = Math.Clamp(filter.NearestTo(position), 0, length - 1);
                for (int n = 0; n < outer; n++)
                {
                    if (inner == 1)
                    {
                        y[(n * outputs) + o] = x[(n * length) + from];
                    }
                    else
                    {
                        x.Slice(((n * length) + from) * inner, inner).CopyTo(y[(((n * outputs) + o) * inner)..]);
                    }
                }

                continue;
            }

            double narrow = filter.IsAntialiased ? Math.Min(scale, 1) : 1;
            int first = (int)Math.Floor(position - (filter.Reach / narrow)) + 1;
            int count = (int)Math.Ceiling(position + (filter.Reach / narrow)) - first;
            if (count > MostTaps)
            {
                // An image that is made much smaller, with antialiasing.
                Reference(x, scales, roi, y, outer, length, inner, outputs, axis, filter);
                return;
            }

            Span<float> weights = taps[..count];
            FindWeights(weights, first, position, narrow, length, filter);
            for (int n = 0; n < outer; n++)
            {
                Blend(isa, x.Slice(n * length * inner, length * inner), y.Slice(((n * outputs) + o) * inner, inner), weights, first, length, inner);
            }
        }
    }

    private static void FindWeights(Span<float> weights, int first, double position, double narrow, int length, in ResizeFilter filter)
    {
        double total = 0;
        for (int p = first; p < first + weights.Length; p++)
        {
            total += filter.Excludes(p, length) ? 0 : filter.Weight((p - position) * narrow);
        }

        total = filter.IsAntialiased || filter.ExcludesOutside ? total : 1;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(filter.Excludes(first + i, length) ? 0 : filter.Weight((first + i - position) * narrow) / total);
        }
    }

    /// <summary>One row of the output: the sum of weighted rows of x, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Blend<T>(IsaLevel isa, ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<float> weights, int first, int length, int inner)
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        if (typeof(T) == typeof(float) && inner >= ShortestVector)
        {
            ref float from = ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(x));
            ref float to = ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(y));
            i = isa switch
            {
                IsaLevel.Avx512 => BlendVectors<Simd512F32>(ref from, ref to, 0, weights, first, length, inner),
                IsaLevel.AvxVnni or IsaLevel.Avx2 => BlendVectors<Simd256F32>(ref from, ref to, 0, weights, first, length, inner),
                _ => 0,
            };
            i = isa == IsaLevel.Plain ? 0 : BlendVectors<Simd128F32>(ref from, ref to, i, weights, first, length, inner);
        }

        for (; i < inner; i++)
        {
            float sum = 0;
            for (int p = 0; p < weights.Length; p++)
            {
                sum += weights[p] * float.CreateSaturating(x[(Math.Clamp(first + p, 0, length - 1) * inner) + i]);
            }

            y[i] = T.CreateSaturating(sum);
        }
    }

    // Returns the first element that is left.
    private static int BlendVectors<TVector>(ref float x, ref float y, int i, ReadOnlySpan<float> weights, int first, int length, int inner)
        where TVector : struct, ISimdF32<TVector>
    {
        for (; i <= inner - TVector.Count; i += TVector.Count)
        {
            TVector sum = TVector.Zero;
            for (int p = 0; p < weights.Length; p++)
            {
                sum += TVector.Create(weights[p]) * TVector.LoadUnsafe(in x, (nuint)((Math.Clamp(first + p, 0, length - 1) * inner) + i));
            }

            sum.StoreUnsafe(ref y, (nuint)i);
        }

        return i;
    }
}
