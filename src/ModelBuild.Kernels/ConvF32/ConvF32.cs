using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Two-dimensional convolution over NHWC data whose padding is already part of the input:
/// <c>y[b, oy, ox, o] = clamp(bias[o] + sum over ky, kx, c of x[b, oy*StrideY + ky*DilationY, ox*StrideX + kx*DilationX, c] * w[o, c, ky, kx] (+ residual))</c>,
/// c over the channels of o's group. The sum starts with the bias and adds its products in the order of (ky, kx, c) with fused multiply-adds; the residual is
/// added last, before the bounds.
/// </summary>
/// <remarks>
/// There is no im2col: a tile reads the input where it lies, and where the values of a filter row are adjacent (no dilation in x, one group) they form one long
/// tap. <c>clamp</c> and aliasing are those of <see cref="DenseF32"/>.
/// </remarks>
internal static partial class ConvF32
{
    /// <summary>Runs the convolution on the best instruction set of this CPU.</summary>
    /// <param name="x">Inputs, [batch, InputHeight, InputWidth, InputChannels].</param>
    /// <param name="weights">Packed weights.</param>
    /// <param name="bias">Packed bias.</param>
    /// <param name="y">Outputs, [batch, OutputHeight, OutputWidth, OutputChannels].</param>
    /// <param name="batch">Independent images.</param>
    /// <param name="shape">Sizes of the images and the filter.</param>
    /// <param name="min">Lower bound of the outputs; negative infinity for none.</param>
    /// <param name="max">Upper bound of the outputs; positive infinity for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape, float min, float max) =>
        RunOn(Isa.Best, x, weights, bias, y, batch, shape, min, max);

    /// <summary>As <see cref="Run"/>, with <paramref name="residual"/>, laid out as <paramref name="y"/>, added to the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int batch,
        in ConvShape shape, float min, float max) =>
        RunResidualOn(Isa.Best, x, weights, bias, residual, y, batch, shape, min, max);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape, float min,
        float max)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(x, weights, bias, y, batch, shape, min, max);
            return;
        }

        Images(isa, x, weights, bias, ref Unsafe.NullRef<float>(), y, batch, shape, min, max, shape.OutputChannels, offset: 0);
    }

    /// <summary><see cref="RunResidual"/> on a given instruction set.</summary>
    public static void RunResidualOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int batch,
        in ConvShape shape, float min, float max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(residual.Length, batch * OutputLength(shape), nameof(residual));
        if (isa == IsaLevel.Plain)
        {
            ReferenceResidual(x, weights, bias, residual, y, batch, shape, min, max);
            return;
        }

        Images(isa, x, weights, bias, ref MemoryMarshal.GetReference(residual), y, batch, shape, min, max, shape.OutputChannels, offset: 0);
    }

    /// <summary>The lengths that are checked here are what makes every unchecked access below legal.</summary>
    private static void Images(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ref float residual, Span<float> y, int batch,
        in ConvShape shape, float min, float max, int stride, int offset)
    {
        PanelsF32 panels = GroupPanels(shape);
        int inputLength = shape.InputHeight * shape.InputWidth * shape.InputChannels, outputLength = shape.OutputHeight * shape.OutputWidth * stride;
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, batch * inputLength, nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, shape.Groups * panels.Length, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, shape.Groups * panels.PaddedColumns, nameof(bias));
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, batch * outputLength, nameof(y));
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, offset + shape.OutputChannels, nameof(stride));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LastInput(shape.OutputHeight, shape.StrideY, shape.KernelHeight, shape.DilationY), shape.InputHeight - 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LastInput(shape.OutputWidth, shape.StrideX, shape.KernelWidth, shape.DilationX), shape.InputWidth - 1);

        TileGeometryF32 tile = Tile(shape, min, max, stride);
        TilePlaneF32 plane = Plane(shape, stride);
        if (IsPointwise(shape))
        {
            // Pixels of all images follow each other.
            plane = plane with { Pixels = batch * plane.Pixels, RowPixels = batch * plane.Pixels };
            batch = 1;
        }

        for (int image = 0; image < batch; image++)
        {
            for (int group = 0; group < shape.Groups; group++)
            {
                nint output = ((nint)image * outputLength) + offset + (group * panels.Columns);
                TileF32.Plane(
                    isa,
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(x), ((nint)image * inputLength) + (group * (shape.InputChannels / shape.Groups))),
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), (nint)group * panels.Length),
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(bias), group * panels.PaddedColumns),
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(y), output),
                    ref TileF32.OffsetUnlessNull(ref residual, output * sizeof(float)),
                    panels,
                    plane,
                    tile);
            }
        }
    }

    private static TileGeometryF32 Tile(in ConvShape shape, float min, float max, int stride)
    {
        bool longTaps = shape.DilationX == 1 && shape.Groups == 1;
        nint pixel = (nint)shape.InputChannels * sizeof(float);
        return new TileGeometryF32(
            FilterRows: shape.KernelHeight,
            FilterTaps: longTaps ? 1 : shape.KernelWidth,
            InnerDepth: longTaps ? shape.KernelWidth * shape.InputChannels : shape.InputChannels / shape.Groups,
            FilterRowStride: shape.DilationY * shape.InputWidth * pixel,
            TapStride: shape.DilationX * pixel,
            PixelStride: shape.StrideX * pixel,
            WeightStride: 0,
            OutputStride: (nint)stride * sizeof(float),
            Min: min,
            Max: max);
    }

    private static TilePlaneF32 Plane(in ConvShape shape, int stride)
    {
        int pixels = shape.OutputHeight * shape.OutputWidth;
        return new TilePlaneF32(
            Pixels: pixels,
            RowPixels: IsPointwise(shape) ? pixels : shape.OutputWidth,
            RowStride: (nint)shape.StrideY * shape.InputWidth * shape.InputChannels * sizeof(float),
            OutputRowStride: (nint)shape.OutputWidth * stride * sizeof(float));
    }

    /// <summary>Whether every output pixel reads the input pixel at its own place, so that rows and images need not be told apart.</summary>
    private static bool IsPointwise(in ConvShape shape) =>
        shape.KernelHeight == 1 && shape.KernelWidth == 1 && shape.StrideY == 1 && shape.StrideX == 1
        && shape.InputHeight == shape.OutputHeight && shape.InputWidth == shape.OutputWidth;

    /// <summary>The weights of one group; groups follow each other.</summary>
    private static PanelsF32 GroupPanels(in ConvShape shape) =>
        new(shape.KernelHeight * shape.KernelWidth * (shape.InputChannels / shape.Groups), shape.OutputChannels / shape.Groups);

    private static int OutputLength(in ConvShape shape) => shape.OutputHeight * shape.OutputWidth * shape.OutputChannels;

    private static int LastInput(int outputs, int stride, int kernel, int dilation) => ((outputs - 1) * stride) + ((kernel - 1) * dilation);
}
