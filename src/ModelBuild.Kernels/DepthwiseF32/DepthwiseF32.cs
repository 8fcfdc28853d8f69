using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Two-dimensional depthwise convolution over NHWC data:
/// <c>y[b, oy, ox, c] = clamp(bias[c] + sum over ky, kx of x[b, oy*StrideY - PadTop + ky*DilationY, ox*StrideX - PadLeft + kx*DilationX, c] * w[c, ky, kx])</c>.
/// The sum starts with the bias and adds its products in the order of (ky, kx) with fused multiply-adds; positions outside the input are skipped.
/// </summary>
/// <remarks>
/// Lanes are channels. Channels that do not fill a vector are left to narrower ones, so that nothing beyond a pixel is read or written. <c>clamp</c> is that of
/// <see cref="DenseF32"/>. <c>y</c> must not overlap <c>x</c>.
/// </remarks>
internal static partial class DepthwiseF32
{
    /// <summary>
    /// Input bytes of a band of output rows: a part of any L2 cache. A vector of channels walks down a band before the next one does, so that the rows which
    /// filters share are still in the nearest cache.
    /// </summary>
    private const int BandBytes = 256 * 1024;

    /// <summary>Runs the convolution on the best instruction set of this CPU.</summary>
    /// <param name="x">Inputs, [batch, InputHeight, InputWidth, Channels].</param>
    /// <param name="weights">Packed weights, [KernelHeight, KernelWidth, Channels].</param>
    /// <param name="bias">Bias, [Channels].</param>
    /// <param name="y">Outputs, [batch, OutputHeight, OutputWidth, Channels].</param>
    /// <param name="batch">Independent images.</param>
    /// <param name="shape">Sizes of the images and the filter.</param>
    /// <param name="min">Lower bound of the outputs; negative infinity for none.</param>
    /// <param name="max">Upper bound of the outputs; positive infinity for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in DepthwiseShape shape, float min,
        float max) =>
        RunOn(Isa.Best, x, weights, bias, y, batch, shape, min, max);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in DepthwiseShape shape,
        float min, float max)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(x, weights, bias, y, batch, shape, min, max);
            return;
        }

        // These lengths are what makes every unchecked access below legal.
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, batch * shape.InputHeight * shape.InputWidth * shape.Channels, nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, shape.KernelHeight * shape.KernelWidth * shape.Channels, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, shape.Channels, nameof(bias));
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, batch * shape.OutputHeight * shape.OutputWidth * shape.Channels, nameof(y));
        int inputLength = shape.InputHeight * shape.InputWidth * shape.Channels, outputLength = shape.OutputHeight * shape.OutputWidth * shape.Channels;
        int bandRows = Math.Max(BandBytes / Math.Max(shape.StrideY * shape.InputWidth * shape.Channels * sizeof(float), 1), 1);
        ref float w0 = ref MemoryMarshal.GetReference(weights);
        ref float bias0 = ref MemoryMarshal.GetReference(bias);
        for (int image = 0; image < batch; image++)
        {
            ref float image0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), (nint)image * inputLength);
            ref float y0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), (nint)image * outputLength);
            for (int row = 0; row < shape.OutputHeight; row += bandRows)
            {
                (int Begin, int End) band = (row, Math.Min(row + bandRows, shape.OutputHeight));
                Band(isa, ref image0, ref w0, ref bias0, ref y0, shape, band, min, max);
            }
        }
    }

    /// <summary>Some output rows of an image: the widest vectors first, the scalar rest last.</summary>
    private static void Band(
        IsaLevel isa, ref float image, ref float w, ref float bias, ref float y, in DepthwiseShape shape, (int Begin, int End) band, float min, float max)
    {
        int channel = 0;
        if (isa == IsaLevel.Avx512)
        {
            channel = Band<Simd512F32>(ref image, ref w, ref bias, ref y, shape, band, channel, min, max);
        }

        if (isa >= IsaLevel.Avx2)
        {
            channel = Band<Simd256F32>(ref image, ref w, ref bias, ref y, shape, band, channel, min, max);
        }

        channel = Band<Simd128F32>(ref image, ref w, ref bias, ref y, shape, band, channel, min, max);
        _ = Band<ScalarF32>(ref image, ref w, ref bias, ref y, shape, band, channel, min, max);
    }
}
