using System;
using System.Runtime.CompilerServices;

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
    /// <summary>Input bytes of a band of output rows: a part of any L2 cache, from which the columns at the borders find what the others have read.</summary>
    private const int BandBytes = 256 * 1024;

    /// <summary>Runs the convolution on the best instruction set of this CPU.</summary>
    /// <param name="x">Inputs, [batch, InputHeight, InputWidth, Channels].</param>
    /// <param name="weights">Packed weights, [Blocks, KernelHeight, KernelWidth, BlockChannels].</param>
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
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, PackedLength(shape), nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, shape.Channels, nameof(bias));
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, batch * shape.OutputHeight * shape.OutputWidth * shape.Channels, nameof(y));
        long rowBytes = (long)shape.StrideY * shape.InputWidth * shape.Channels * sizeof(float);
        int bandRows = (int)Math.Max(BandBytes / Math.Max(rowBytes, 1), 1);
        for (int image = 0; image < batch; image++)
        {
            ReadOnlySpan<float> imageX = x[(image * shape.InputHeight * shape.InputWidth * shape.Channels)..];
            Span<float> imageY = y[(image * shape.OutputHeight * shape.OutputWidth * shape.Channels)..];
            DepthwiseImageF32 data = new(imageX, weights, bias, imageY, min, max);
            for (int row = 0; row < shape.OutputHeight; row += bandRows)
            {
                Band(isa, data, shape, (row, Math.Min(row + bandRows, shape.OutputHeight)));
            }
        }
    }

    /// <summary>Some output rows of an image: the widest vectors of channels first, the scalar rest last.</summary>
    private static void Band(IsaLevel isa, in DepthwiseImageF32 image, in DepthwiseShape shape, (int Begin, int End) rows)
    {
        int channel = 0;
        if (isa == IsaLevel.Avx512)
        {
            channel = Band<Simd512F32>(image, shape, rows, channel);
        }

        if (isa >= IsaLevel.Avx2)
        {
            channel = Band<Simd256F32>(image, shape, rows, channel);
        }

        channel = Band<Simd128F32>(image, shape, rows, channel);
        _ = Band<ScalarF32>(image, shape, rows, channel);
    }
}
