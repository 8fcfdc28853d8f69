using System;

namespace ModelBuild.Kernels;

/// <content>The same convolution in plain loops.</content>
internal static partial class ConvWinogradF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in WinogradShape shape, float min, float max) =>
        Reference(x, weights, bias, default, y, AllTiles(batch, shape), shape, min, max, shape.OutputChannels, offset: 0, pool: 1);

    /// <summary>What <see cref="RunResidual"/> computes.</summary>
    public static void ReferenceResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int batch,
        in WinogradShape shape, float min, float max) =>
        Reference(x, weights, bias, residual, y, AllTiles(batch, shape), shape, min, max, shape.OutputChannels, offset: 0, pool: 1);

    /// <summary>What <see cref="RunPooled"/> computes.</summary>
    public static void ReferencePooled(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in WinogradShape shape, float min, float max) =>
        Reference(x, weights, bias, default, y, AllTiles(batch, shape), shape, min, max, shape.OutputChannels, offset: 0, Pool);

    /// <summary>What <see cref="RunInto"/> computes.</summary>
    public static void ReferenceInto(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in WinogradShape shape, float min, float max,
        int stride, int offset) =>
        Reference(x, weights, bias, default, y, AllTiles(batch, shape), shape, min, max, stride, offset, pool: 1);

    private static Share AllTiles(int batch, in WinogradShape shape) => new(0, batch * TilesY(shape) * TilesX(shape));

    private static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, Share tiles,
        in WinogradShape shape, float min, float max, int stride, int offset, int pool)
    {
        int size = OutputTile(shape);
        PanelsF32 panels = Panels(shape);
        Span<float> products = stackalloc float[WinogradF32.Positions];
        Span<float> patch = stackalloc float[WinogradF32.Positions];
        WinogradTile tile = new(tiles.Begin, TilesY(shape), TilesX(shape));
        for (int t = 0; t < tiles.Count; t++)
        {
            int top = tile.Y * size, left = tile.X * size;
            for (int o = 0; o < shape.OutputChannels; o++)
            {
                products.Clear();
                for (int c = 0; c < shape.InputChannels; c++)
                {
                    ReferenceInput(x, patch, shape, tile.Image, top - shape.PadTop, left - shape.PadLeft, c);
                    for (int position = 0; position < WinogradF32.Positions; position++)
                    {
                        float u = weights[(int)((position * panels.Length) + panels.Offset(o) + (c * panels.RowStride(o)))];
                        products[position] = MathF.FusedMultiplyAdd(patch[position], u, products[position]);
                    }
                }

                ReferenceOutput(products, patch, size);
                for (int i = 0; i < Math.Min(size, shape.OutputHeight - top); i += pool)
                {
                    for (int j = 0; j < Math.Min(size, shape.OutputWidth - left); j += pool)
                    {
                        int row = ((tile.Image * shape.OutputHeight) + top + i) / pool, column = (left + j) / pool;
                        int index = (((row * (shape.OutputWidth / pool)) + column) * stride) + offset + o;
                        float sum = ReferenceLargest(patch, (i * WinogradF32.Patch) + j, pool) + bias[o];
                        sum = residual.IsEmpty ? sum : sum + residual[index];
                        sum = min > sum ? min : sum;
                        y[index] = max < sum ? max : sum;
                    }
                }
            }

            tile.Next();
        }
    }

    /// <summary>The largest of <paramref name="pool"/> rows and columns of a patch.</summary>
    private static float ReferenceLargest(ReadOnlySpan<float> patch, int first, int pool)
    {
        float largest = patch[first];
        for (int i = 0; i < pool * pool; i++)
        {
            largest = MathF.Max(largest, patch[first + (i / pool * WinogradF32.Patch) + (i % pool)]);
        }

        return largest;
    }

    /// <summary>B^T x B of one channel of the patch at (<paramref name="top"/>, <paramref name="left"/>), which may reach beyond the image.</summary>
    private static void ReferenceInput(ReadOnlySpan<float> x, Span<float> patch, in WinogradShape shape, int image, int top, int left, int channel)
    {
        const int Size = WinogradF32.Patch;
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                bool inside = top + i >= 0 && top + i < shape.InputHeight && left + j >= 0 && left + j < shape.InputWidth;
                patch[(i * Size) + j] = inside
                    ? x[(((((image * shape.InputHeight) + top + i) * shape.InputWidth) + left + j) * shape.InputChannels) + channel]
                    : 0;
            }
        }

        for (int i = 0; i < Size; i++)
        {
            ReferenceInputLine(patch, i * Size, 1);
        }

        for (int j = 0; j < Size; j++)
        {
            ReferenceInputLine(patch, j, Size);
        }
    }

    private static void ReferenceInputLine(Span<float> patch, int start, int step)
    {
        Span<ScalarF32> d = stackalloc ScalarF32[WinogradF32.Patch];
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = ScalarF32.Create(patch[start + (i * step)]);
        }

        WinogradF32.InputLow(d[0], d[1], d[2], d[3], d[4], out ScalarF32 t0, out ScalarF32 t1, out ScalarF32 t2);
        WinogradF32.InputHigh(d[1], d[2], d[3], d[4], d[5], out ScalarF32 t3, out ScalarF32 t4, out ScalarF32 t5);
        (patch[start], patch[start + step], patch[start + (2 * step)]) = (t0.Value, t1.Value, t2.Value);
        (patch[start + (3 * step)], patch[start + (4 * step)], patch[start + (5 * step)]) = (t3.Value, t4.Value, t5.Value);
    }

    /// <summary>A^T m A; the outputs are the first <paramref name="size"/> elements of the first rows of <paramref name="patch"/>.</summary>
    private static void ReferenceOutput(ReadOnlySpan<float> products, Span<float> patch, int size)
    {
        products.CopyTo(patch);
        for (int i = 0; i < WinogradF32.Patch; i++)
        {
            ReferenceOutputLine(patch, i * WinogradF32.Patch, 1, size);
        }

        for (int j = 0; j < size; j++)
        {
            ReferenceOutputLine(patch, j, WinogradF32.Patch, size);
        }
    }

    private static void ReferenceOutputLine(Span<float> patch, int start, int step, int size)
    {
        Span<ScalarF32> m = stackalloc ScalarF32[WinogradF32.Patch];
        for (int i = 0; i < m.Length; i++)
        {
            m[i] = ScalarF32.Create(patch[start + (i * step)]);
        }

        WinogradF32.OutputEven(m[0], m[1], m[2], m[3], m[4], out ScalarF32 y0, out ScalarF32 y2);
        patch[start] = y0.Value;
        if (size == 4)
        {
            WinogradF32.OutputOdd(m[1], m[2], m[3], m[4], m[5], out ScalarF32 y1, out ScalarF32 y3);
            (patch[start + step], patch[start + (2 * step)], patch[start + (3 * step)]) = (y1.Value, y2.Value, y3.Value);
        }
        else
        {
            patch[start + step] = WinogradF32.OutputLast(m[1], m[2], m[3], m[4], m[5]).Value;
        }
    }
}
