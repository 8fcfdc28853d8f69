using System;

namespace ModelBuild.Kernels;

/// <content>The same convolution in plain loops.</content>
internal static partial class ConvF32
{
    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape, float min, float max) =>
        Reference(x, weights, bias, default, y, batch, shape, min, max, false);

    /// <summary>What <see cref="RunResidual"/> computes.</summary>
    public static void ReferenceResidual(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int batch,
        in ConvShape shape, float min, float max) =>
        Reference(x, weights, bias, residual, y, batch, shape, min, max, true);

    /// <summary>What <see cref="RunInto"/> computes.</summary>
    public static void ReferenceInto(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape, float min, float max, int stride,
        int offset)
    {
        for (int pixel = 0; pixel < batch * shape.OutputHeight * shape.OutputWidth; pixel++)
        {
            (int row, int ox) = int.DivRem(pixel, shape.OutputWidth);
            (int b, int oy) = int.DivRem(row, shape.OutputHeight);
            for (int o = 0; o < shape.OutputChannels; o++)
            {
                float sum = Sum(x, weights, bias, shape, b, oy, ox, o);
                sum = min > sum ? min : sum;
                y[(pixel * stride) + offset + o] = max < sum ? max : sum;
            }
        }
    }

    /// <summary>What <see cref="RunPooled"/> computes.</summary>
    public static void ReferencePooled(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape, float min, float max)
    {
        int i = 0;
        for (int b = 0; b < batch; b++)
        {
            for (int oy = 0; oy < shape.OutputHeight; oy += Pool)
            {
                for (int ox = 0; ox < shape.OutputWidth; ox += Pool)
                {
                    for (int o = 0; o < shape.OutputChannels; o++, i++)
                    {
                        float upper = MathF.Max(Sum(x, weights, bias, shape, b, oy, ox, o), Sum(x, weights, bias, shape, b, oy, ox + 1, o));
                        float lower = MathF.Max(Sum(x, weights, bias, shape, b, oy + 1, ox, o), Sum(x, weights, bias, shape, b, oy + 1, ox + 1, o));
                        float sum = MathF.Max(upper, lower);
                        sum = min > sum ? min : sum;
                        y[i] = max < sum ? max : sum;
                    }
                }
            }
        }
    }

    private static void Reference(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> y, int batch,
        in ConvShape shape, float min, float max, bool addResidual)
    {
        int i = 0;
        for (int b = 0; b < batch; b++)
        {
            for (int oy = 0; oy < shape.OutputHeight; oy++)
            {
                for (int ox = 0; ox < shape.OutputWidth; ox++)
                {
                    for (int o = 0; o < shape.OutputChannels; o++, i++)
                    {
                        float sum = Sum(x, weights, bias, shape, b, oy, ox, o);
                        if (addResidual)
                        {
                            sum += residual[i];
                        }

                        sum = min > sum ? min : sum;
                        y[i] = max < sum ? max : sum;
                    }
                }
            }
        }
    }

    private static float Sum(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, in ConvShape shape, int b, int oy, int ox, int o)
    {
        PanelsF32 panels = GroupPanels(shape);
        int groupInputs = shape.InputChannels / shape.Groups;
        int group = o / panels.Columns, column = o % panels.Columns;
        int w = (group * panels.Length) + (int)panels.Offset(column);
        float sum = bias[(group * panels.PaddedColumns) + column];
        for (int ky = 0; ky < shape.KernelHeight; ky++)
        {
            for (int kx = 0; kx < shape.KernelWidth; kx++)
            {
                int iy = (oy * shape.StrideY) + (ky * shape.DilationY), ix = (ox * shape.StrideX) + (kx * shape.DilationX);
                int pixel = (((b * shape.InputHeight) + iy) * shape.InputWidth) + ix;
                for (int c = 0; c < groupInputs; c++)
                {
                    sum = MathF.FusedMultiplyAdd(x[(pixel * shape.InputChannels) + (group * groupInputs) + c], weights[w], sum);
                    w += panels.RowStride(column);
                }
            }
        }

        return sum;
    }
}
