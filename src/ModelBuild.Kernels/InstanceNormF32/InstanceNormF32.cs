using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX InstanceNormalization of NHWC data <c>x[images, pixels, channels]</c>: <c>y = clamp((x - mean) * (scale / sqrt(variance + epsilon)) + bias)</c>, the product and
/// the sum rounded once, mean and variance over the pixels of each channel of each image; a residual, of x's shape, is added before the bounds. Results are the same bits at every instruction set. y may be the same
/// span as x, but may not overlap it otherwise.
/// </summary>
/// <remarks>
/// Statistics are those of blocks of <see cref="BlockPixels"/> pixels, each summed in order while it is in a cache, and joined block by block by the formula of Chan, Golub and LeVeque
/// (Updating Formulae and a Pairwise Algorithm for Computing Sample Variances, 1979). So the data is read from memory once for them, and their error does
/// not grow with the size of the image as that of one long sum does.
/// </remarks>
internal static partial class InstanceNormF32
{
    /// <summary>Pixels of a block, a part of the definition.</summary>
    public const int BlockPixels = 64;

    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y, int images, int pixels, int channels, float epsilon, float min, float max) =>
        RunOn(Isa.Best, x, scale, bias, [], y, images, pixels, channels, epsilon, min, max);

    /// <summary>The same with a residual.</summary>
    public static void RunResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int images, int pixels, int channels,
        float epsilon, float min, float max) =>
        RunOn(Isa.Best, x, scale, bias, residual[..y.Length], y, images, pixels, channels, epsilon, min, max);

    /// <summary>Runs the variant of one instruction set, which must be supported. An empty residual is none.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int images, int pixels,
        int channels, float epsilon, float min, float max) =>
        RunLanes(isa, x, scale, bias, residual, y, images, pixels, channels, new Share(0, channels), epsilon, min, max);

    /// <summary>Only some of the channels.</summary>
    internal static void RunLanes(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int images, int pixels,
        int channels, Share lanes, float epsilon, float min, float max)
    {
        if (isa == IsaLevel.Plain && lanes.Count == channels)
        {
            Reference(x, scale, bias, residual, y, images, pixels, channels, epsilon, min, max);
            return;
        }

        if (lanes.Count == 0)
        {
            return;
        }

        // Every access stays within these.
        scale = scale[..channels];
        bias = bias[..channels];
        int size = pixels * channels;
        for (int image = 0; image < images; image++)
        {
            ref float from = ref MemoryMarshal.GetReference(x.Slice(image * size, size));
            ref float to = ref MemoryMarshal.GetReference(y.Slice(image * size, size));
            ref float added = ref residual.IsEmpty ? ref Unsafe.NullRef<float>() : ref MemoryMarshal.GetReference(residual.Slice(image * size, size));
            ref float scales = ref MemoryMarshal.GetReference(scale);
            ref float biases = ref MemoryMarshal.GetReference(bias);
            int lane = lanes.Begin;
            if (isa == IsaLevel.Avx512)
            {
                lane = Lanes<Pair<Simd512F32>>(ref from, ref scales, ref biases, ref added, ref to, pixels, channels, lane, lanes.End, epsilon, min, max);
                lane = Lanes<Simd512F32>(ref from, ref scales, ref biases, ref added, ref to, pixels, channels, lane, lanes.End, epsilon, min, max);
            }

            if (isa >= IsaLevel.Avx2)
            {
                lane = Lanes<Pair<Simd256F32>>(ref from, ref scales, ref biases, ref added, ref to, pixels, channels, lane, lanes.End, epsilon, min, max);
                lane = Lanes<Simd256F32>(ref from, ref scales, ref biases, ref added, ref to, pixels, channels, lane, lanes.End, epsilon, min, max);
            }

            if (isa >= IsaLevel.Vector128)
            {
                lane = Lanes<Simd128F32>(ref from, ref scales, ref biases, ref added, ref to, pixels, channels, lane, lanes.End, epsilon, min, max);
            }

            _ = Lanes<ScalarF32>(ref from, ref scales, ref biases, ref added, ref to, pixels, channels, lane, lanes.End, epsilon, min, max);
        }
    }

    /// <summary>Handles the channels from <paramref name="lane"/> on that fill whole vectors and returns the first one that is left.</summary>
    private static int Lanes<TVector>(
        ref float x, ref float scale, ref float bias, ref float residual, ref float y, int pixels, int channels, int lane, int end, float epsilon, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        for (; lane <= end - TVector.Count; lane += TVector.Count)
        {
            ref float added = ref Unsafe.IsNullRef(ref residual) ? ref residual : ref Unsafe.Add(ref residual, lane);
            Normalize<TVector>(
                ref Unsafe.Add(ref x, lane), ref Unsafe.Add(ref scale, lane), ref Unsafe.Add(ref bias, lane), ref added, ref Unsafe.Add(ref y, lane), pixels, channels,
                epsilon, min, max);
        }

        return lane;
    }

    /// <summary>One vector of channels of one image.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Normalize<TVector>(
        ref float x, ref float scale, ref float bias, ref float residual, ref float y, int pixels, int channels, float epsilon, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        nuint step = (nuint)channels;
        TVector mean = TVector.Zero, squares = TVector.Zero;
        for (int begin = 0; begin < pixels; begin += BlockPixels)
        {
            int count = Math.Min(BlockPixels, pixels - begin);
            ref float block = ref Unsafe.Add(ref x, (nint)begin * channels);
            TVector blockMean = TVector.Zero;
            for (nuint i = 0, at = 0; i < (nuint)count; i++, at += step)
            {
                blockMean += TVector.LoadUnsafe(in block, at);
            }

            blockMean *= TVector.Create(1f / count);
            TVector blockSquares = TVector.Zero;
            for (nuint i = 0, at = 0; i < (nuint)count; i++, at += step)
            {
                TVector difference = TVector.LoadUnsafe(in block, at) - blockMean;
                TVector.AddProduct(ref blockSquares, difference, difference);
            }

            float share = (float)count / (begin + count);
            TVector delta = blockMean - mean;
            TVector.AddProduct(ref mean, delta, TVector.Create(share));
            squares += TVector.FusedMultiplyAdd(delta * delta, TVector.Create(begin * share), blockSquares);
        }

        TVector deviation = TVector.Sqrt((squares / TVector.Create(pixels)) + TVector.Create(epsilon));
        TVector factor = TVector.LoadUnsafe(in scale, 0) * (TVector.Create(1f) / deviation);
        TVector offset = TVector.LoadUnsafe(in bias, 0), low = TVector.Create(min), high = TVector.Create(max);
        nuint end = (nuint)pixels * step;
        if (Unsafe.IsNullRef(ref residual))
        {
            for (nuint at = 0; at < end; at += step)
            {
                TVector value = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in x, at) - mean, factor, offset);
                value.StoreBounded(ref y, at, low, high);
            }

            return;
        }

        for (nuint at = 0; at < end; at += step)
        {
            TVector value = TVector.FusedMultiplyAdd(TVector.LoadUnsafe(in x, at) - mean, factor, offset) + TVector.LoadUnsafe(in residual, at);
            value.StoreBounded(ref y, at, low, high);
        }
    }
}
