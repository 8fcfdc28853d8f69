using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Two-dimensional convolution over NHWC data with fewer multiplications: <c>y = clamp(A^T [ (G w G^T) * (B^T x B) ] A + bias (+ residual))</c>, where <c>*</c> is a
/// product of each pair of elements, summed over the input channels. Input patches of 6x6 give 4x4 outputs of a 3x3 filter, with 36 instead of 144
/// multiplications a channel, or 2x2 outputs of a 5x5 filter, with 36 instead of 100. S. Winograd, Arithmetic Complexity of Computations, 1980; A. Lavin, S. Gray, Fast
/// Algorithms for Convolutional Neural Networks, 2016.
/// </summary>
/// <remarks>
/// The interpolation points are 0, ±3/4, ±3/2 and infinity: all factors of B and A are exact, and the rounding error of a result is about 2 (3x3) or 1.5 (5x5) times
/// that of the plain sum, where the usual points ±1, ±2 give 5.5 and 3.4. The order of operations is that of <see cref="WinogradF32"/>; each of the 36 sums over
/// channels runs in order with fused multiply-adds. An infinity or NaN in a patch may reach every output of its tile. <c>clamp</c> is that of
/// <see cref="TileF32.Finish{TVector}(TVector, TVector, TVector, ref float, ref float, nint)"/>; y overlaps neither x nor scratch and may be the residual.
/// </remarks>
internal static partial class ConvWinogradF32
{
    /// <summary>Runs the convolution on the best instruction set of this CPU.</summary>
    /// <param name="x">Inputs, [batch, InputHeight, InputWidth, InputChannels].</param>
    /// <param name="weights">What <see cref="TransformWeights"/> made.</param>
    /// <param name="bias">One value per output channel, padded to a multiple of 16.</param>
    /// <param name="y">Outputs, [batch, OutputHeight, OutputWidth, OutputChannels].</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats, of any content.</param>
    /// <param name="batch">Independent images.</param>
    /// <param name="shape">The geometry.</param>
    /// <param name="min">Lower bound of the outputs; negative infinity for none.</param>
    /// <param name="max">Upper bound of the outputs; positive infinity for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch, in WinogradShape shape,
        float min, float max) =>
        RunOn(Isa.Best, x, weights, bias, y, scratch, batch, shape, min, max);

    /// <summary>As <see cref="Run"/>, with <paramref name="residual"/>, laid out as <paramref name="y"/>, added before the bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, Span<float> scratch, int batch,
        in WinogradShape shape, float min, float max) =>
        RunResidualOn(Isa.Best, x, weights, bias, residual, y, scratch, batch, shape, min, max);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch,
        in WinogradShape shape, float min, float max) =>
        Tiles(isa, x, weights, bias, default, y, scratch, batch, shape, min, max, shape.OutputChannels, offset: 0, pool: 1);

    /// <summary><see cref="RunResidual"/> on a given instruction set.</summary>
    public static void RunResidualOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y,
        Span<float> scratch, int batch, in WinogradShape shape, float min, float max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(residual.Length, batch * OutputLength(shape), nameof(residual));
        Tiles(isa, x, weights, bias, residual, y, scratch, batch, shape, min, max, shape.OutputChannels, offset: 0, pool: 1);
    }

    /// <summary>Floats of the scratch memory that a convolution needs.</summary>
    public static int ScratchLength(in WinogradShape shape) => new WinogradScratch(shape).Length;

    /// <summary>
    /// Computes one part's tiles, with <paramref name="residual"/> added unless it is empty. The lengths that are checked here are what makes every unchecked access below legal.
    /// </summary>
    internal static void Tiles(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, Span<float> scratch,
        int batch, in WinogradShape all, float min, float max, int stride, int offset, int pool, int part = 0, int parts = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pool == 1 || CanPool(all), true, nameof(all));
        WinogradShare share = new(batch * TilesY(all) * TilesX(all), all, scratch.Length, part, parts);
        WinogradShape shape = all with { BlockTiles = share.BlockTiles };
        if (isa == IsaLevel.Plain)
        {
            Reference(x, weights, bias, residual, y, share.Tiles, shape, min, max, stride, offset, pool);
            return;
        }

        scratch = share.Scratch(scratch);
        ArgumentOutOfRangeException.ThrowIfNotEqual(shape.Kernel is 3 or 5, true, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, batch * InputLength(shape), nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, TransformedLength(shape.InputChannels, shape.OutputChannels), nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, Panels(shape).PaddedColumns, nameof(bias));
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, batch * shape.OutputHeight * shape.OutputWidth * stride / (pool * pool), nameof(y));
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, offset + shape.OutputChannels, nameof(stride));
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, ScratchLength(shape), nameof(scratch));

        var block = new WinogradScratch(shape);
        scratch[block.ZeroBias..block.Length].Clear();
        ref float memory = ref MemoryMarshal.GetReference(scratch);
        ref float added = ref MemoryMarshal.GetReference(residual);
        for (int first = share.Tiles.Begin; first < share.Tiles.End; first += shape.BlockTiles)
        {
            int count = Math.Min(shape.BlockTiles, share.Tiles.End - first);
            TransformInputs(isa, ref MemoryMarshal.GetReference(x), ref memory, block, shape, first, count);
            Multiply(isa, ref MemoryMarshal.GetReference(weights), ref memory, block, shape, count);
            if (pool == 1)
            {
                TransformOutputs(
                    isa, ref memory, ref MemoryMarshal.GetReference(bias), ref added, ref Unsafe.Add(ref MemoryMarshal.GetReference(y), offset), block, shape, first, count, min,
                    max, stride);
            }
            else
            {
                PoolOutputs(isa, ref memory, ref MemoryMarshal.GetReference(bias), ref MemoryMarshal.GetReference(y), block, shape, first, count, min, max);
            }
        }
    }

    /// <summary>36 matrix products: the tiles' transformed inputs at one position times the transformed weights there.</summary>
    private static void Multiply(IsaLevel isa, ref float weights, ref float scratch, in WinogradScratch block, in WinogradShape shape, int tiles)
    {
        PanelsF32 panels = Panels(shape) with { Columns = block.OutputColumns };
        var plane = new TilePlaneF32(tiles, tiles, 0, 0);
        var tile = new TileGeometryF32(
            FilterRows: 1,
            FilterTaps: 1,
            InnerDepth: shape.InputChannels,
            FilterRowStride: 0,
            TapStride: 0,
            PixelStride: (nint)shape.InputChannels * sizeof(float),
            WeightStride: 0,
            OutputStride: (nint)block.OutputColumns * sizeof(float),
            Min: float.NegativeInfinity,
            Max: float.PositiveInfinity);
        for (int position = 0; position < WinogradF32.Positions; position++)
        {
            TileF32.Plane(
                isa,
                ref Unsafe.Add(ref scratch, position * block.InputStride),
                ref Unsafe.Add(ref weights, (nint)position * panels.Length),
                ref Unsafe.Add(ref scratch, block.ZeroBias),
                ref Unsafe.Add(ref scratch, block.Outputs + (position * block.OutputStride)),
                ref Unsafe.NullRef<float>(),
                panels,
                plane,
                tile);
        }
    }

    private static int OutputTile(in WinogradShape shape) => WinogradF32.Patch + 1 - shape.Kernel;

    private static int TilesY(in WinogradShape shape) => (shape.OutputHeight + OutputTile(shape) - 1) / OutputTile(shape);

    private static int TilesX(in WinogradShape shape) => (shape.OutputWidth + OutputTile(shape) - 1) / OutputTile(shape);

    private static int InputLength(in WinogradShape shape) => shape.InputHeight * shape.InputWidth * shape.InputChannels;

    private static int OutputLength(in WinogradShape shape) => shape.OutputHeight * shape.OutputWidth * shape.OutputChannels;

    /// <summary>The transformed weights of one position.</summary>
    private static PanelsF32 Panels(in WinogradShape shape) => new(shape.InputChannels, shape.OutputChannels);
}
