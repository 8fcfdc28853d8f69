using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>
/// A convolution whose output is pooled: a tile of outputs has one or four windows of 2x2 pixels, and only the largest of each is finished and stored.
/// </content>
internal static partial class ConvWinogradF32
{
    /// <summary>Rows and columns that become one.</summary>
    public const int Pool = 2;

    /// <summary>Whether <see cref="RunPooled"/> can compute the shape: whole windows.</summary>
    public static bool CanPool(in WinogradShape shape) => shape.OutputHeight % Pool == 0 && shape.OutputWidth % Pool == 0;

    /// <summary>
    /// <c>y = clamp(max of A^T [..] A over windows of 2x2 + bias)</c>, where max is IEEE 754's maximum: but for the sign of a zero, and for infinities, what
    /// <see cref="MaxPool"/> makes of the output of <see cref="Run"/>.
    /// </summary>
    /// <param name="x">See <see cref="Run"/>.</param>
    /// <param name="weights">See <see cref="Run"/>.</param>
    /// <param name="bias">See <see cref="Run"/>.</param>
    /// <param name="y">Outputs, [batch, OutputHeight / 2, OutputWidth / 2, OutputChannels].</param>
    /// <param name="scratch">See <see cref="Run"/>.</param>
    /// <param name="batch">See <see cref="Run"/>.</param>
    /// <param name="shape">The geometry of the convolution, without the pooling.</param>
    /// <param name="min">See <see cref="Run"/>.</param>
    /// <param name="max">See <see cref="Run"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunPooled(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch, in WinogradShape shape,
        float min, float max) =>
        RunPooledOn(Isa.Best, x, weights, bias, y, scratch, batch, shape, min, max);

    /// <summary><see cref="RunPooled"/> on a given instruction set.</summary>
    public static void RunPooledOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch,
        in WinogradShape shape, float min, float max) =>
        Tiles(isa, x, weights, bias, default, y, scratch, batch, shape, min, max, shape.OutputChannels, offset: 0, Pool);

    private static void PoolOutputs(
        IsaLevel isa, ref float scratch, ref float bias, ref float y, in WinogradScratch block, in WinogradShape shape, int first, int tiles, float min, float max)
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                PoolOutputs<Simd512F32>(ref scratch, ref bias, ref y, block, shape, first, tiles, min, max);
                break;
            case IsaLevel.AvxVnni or IsaLevel.Avx2:
                PoolOutputs<Simd256F32>(ref scratch, ref bias, ref y, block, shape, first, tiles, min, max);
                break;
            default:
                PoolOutputs<Simd128F32>(ref scratch, ref bias, ref y, block, shape, first, tiles, min, max);
                break;
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void PoolOutputs<TVector>(
        ref float scratch, ref float bias, ref float y, in WinogradScratch block, in WinogradShape shape, int first, int tiles, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        int channels = shape.OutputChannels, size = OutputTile(shape), pooled = size / Pool;
        int height = shape.OutputHeight / Pool, width = shape.OutputWidth / Pool;
        bool wholeVectors = channels % TVector.Count == 0;
        nint pixel = (nint)channels * sizeof(float), row = width * pixel;
        var direct = new WinogradOutput(size, channels, row, pixel, min, max);
        nint patchPixel = (nint)block.OutputColumns * sizeof(float);
        var indirect = new WinogradOutput(size, block.OutputColumns, pooled * patchPixel, patchPixel, min, max);
        var tile = new WinogradTile(first, TilesY(shape), TilesX(shape));
        for (int i = 0; i < tiles; i++)
        {
            int top = tile.Y * pooled, left = tile.X * pooled;
            ref float products = ref Unsafe.Add(ref scratch, block.Outputs + (i * block.OutputColumns));
            ref float target = ref Unsafe.AddByteOffset(ref y, ((nint)tile.Image * height * row) + (top * row) + (left * pixel));
            int rows = Math.Min(pooled, height - top), columns = Math.Min(pooled, width - left);
            if (wholeVectors && rows == pooled && columns == pooled)
            {
                PoolTile<TVector>(ref products, block.OutputStride, ref bias, ref target, direct);
            }
            else
            {
                ref float patch = ref Unsafe.Add(ref scratch, block.Patch);
                PoolTile<TVector>(ref products, block.OutputStride, ref bias, ref patch, indirect);
                for (int r = 0; r < rows; r++)
                {
                    for (int c = 0; c < columns; c++)
                    {
                        ReadOnlySpan<float> values = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref patch, ((r * pooled) + c) * block.OutputColumns), channels);
                        values.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref target, (r * row) + (c * pixel)), channels));
                    }
                }
            }

            tile.Next();
        }
    }

    private static void PoolTile<TVector>(ref float products, nint stride, ref float bias, ref float y, in WinogradOutput output)
        where TVector : struct, ISimdF32<TVector>
    {
        if (output.Size == 4)
        {
            PoolFour<TVector>(ref products, stride, ref bias, ref y, output);
        }
        else
        {
            PoolTwo<TVector>(ref products, stride, ref bias, ref y, output);
        }
    }

    /// <summary>4x4 outputs: four windows, two columns of outputs each.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void PoolFour<TVector>(ref float products, nint stride, ref float bias, ref float y, in WinogradOutput output)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector min = TVector.Create(output.Min), max = TVector.Create(output.Max);
        for (int channel = 0; channel < output.Channels; channel += TVector.Count)
        {
            ref float m = ref Unsafe.Add(ref products, channel);
            TVector start = TVector.LoadUnsafe(in bias, (nuint)channel);
            ref float target = ref Unsafe.Add(ref y, channel);
            RowsOfFour<TVector>(ref m, stride);
            for (int window = 0; window < 4 / Pool; window++)
            {
                TVector upper = default, lower = default;
                for (int column = 0; column < Pool; column++)
                {
                    FourOutputs(ref m, WinogradF32.Patch * stride, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
                    upper = column == 0 ? TVector.Max(y0, y1) : TVector.Max(upper, TVector.Max(y0, y1));
                    lower = column == 0 ? TVector.Max(y2, y3) : TVector.Max(lower, TVector.Max(y2, y3));
                    m = ref Unsafe.Add(ref m, stride);
                }

                (upper + start).StoreBounded(ref target, 0, min, max);
                (lower + start).StoreBounded(ref Unsafe.AddByteOffset(ref target, output.Row), 0, min, max);
                target = ref Unsafe.AddByteOffset(ref target, output.Pixel);
            }
        }
    }

    /// <summary>2x2 outputs: one window.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void PoolTwo<TVector>(ref float products, nint stride, ref float bias, ref float y, in WinogradOutput output)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector min = TVector.Create(output.Min), max = TVector.Create(output.Max);
        for (int channel = 0; channel < output.Channels; channel += TVector.Count)
        {
            ref float m = ref Unsafe.Add(ref products, channel);
            RowsOfTwo<TVector>(ref m, stride);
            TwoOutputs(ref m, WinogradF32.Patch * stride, out TVector y00, out TVector y10);
            TwoOutputs(ref Unsafe.Add(ref m, stride), WinogradF32.Patch * stride, out TVector y01, out TVector y11);
            TVector sum = TVector.Max(TVector.Max(y00, y10), TVector.Max(y01, y11)) + TVector.LoadUnsafe(in bias, (nuint)channel);
            sum.StoreBounded(ref y, (nuint)channel, min, max);
        }
    }
}
