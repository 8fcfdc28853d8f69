using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX GridSample: the output is the input at positions that a grid gives, in two or three spatial dimensions. A position is -1 to 1 across an axis; in the grid the
/// last axis comes first. Jaderberg et al., https://arxiv.org/abs/1506.02025
/// </summary>
internal static class GridSample
{
    /// <summary>Samples.</summary>
    /// <param name="x">[batch, channels, depth, height, width].</param>
    /// <param name="grid">[batch, points, rank].</param>
    /// <param name="y">[batch, channels, points].</param>
    /// <param name="batch">Samples.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="depth">1 in two dimensions.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="points">Outputs of a channel.</param>
    /// <param name="rank">2 or 3.</param>
    /// <param name="mode">0 nearest, 1 linear, 2 cubic.</param>
    /// <param name="padding">Outside: 0 zeros, 1 the border, 2 the reflection.</param>
    /// <param name="alignsCorners">Whether -1 and 1 are the centres of the outermost elements rather than their edges.</param>
    public static void Run<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> grid, Span<T> y, int batch, int channels, int depth, int height, int width, int points, int rank, int mode, int padding, bool alignsCorners)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> lengths = stackalloc int[3] { depth, height, width };
        Span<int> first = stackalloc int[3];
        Span<T> weights = stackalloc T[12];
        int size = depth * height * width;
        int taps = mode == 0 ? 1 : mode == 1 ? 2 : 4;
        for (int n = 0; n < batch; n++)
        {
            for (int p = 0; p < points; p++)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    Span<T> w = weights.Slice(axis * 4, 4);
                    w.Clear();
                    if (axis < 3 - rank)
                    {
                        first[axis] = 0;
                        w[0] = T.One;
                        continue;
                    }

                    double position = Position(double.CreateTruncating(grid[(((n * points) + p) * rank) + 2 - axis]), lengths[axis], padding, alignsCorners);
                    Weigh(position, mode, w, out first[axis]);
                }

                for (int c = 0; c < channels; c++)
                {
                    ReadOnlySpan<T> plane = x.Slice(((n * channels) + c) * size, size);
                    T sum = T.Zero;
                    for (int i = 0; i < (rank == 3 ? taps : 1); i++)
                    {
                        for (int j = 0; j < taps; j++)
                        {
                            for (int k = 0; k < taps; k++)
                            {
                                int a = Index(first[0] + i, depth, padding, alignsCorners);
                                int b = Index(first[1] + j, height, padding, alignsCorners);
                                int d = Index(first[2] + k, width, padding, alignsCorners);
                                if (a >= 0 && b >= 0 && d >= 0)
                                {
                                    sum += weights[i] * weights[4 + j] * weights[8 + k] * plane[(((a * height) + b) * width) + d];
                                }
                            }
                        }
                    }

                    y[(((n * channels) + c) * points) + p] = sum;
                }
            }
        }
    }

    private static double Position(double share, int length, int padding, bool alignsCorners)
    {
        double low = alignsCorners ? 0 : -0.5;
        double high = alignsCorners ? length - 1 : length - 0.5;
        double position = alignsCorners ? (share + 1) / 2 * (length - 1) : (((share + 1) * length) - 1) / 2;
        return position >= low && position <= high ? position
            : padding == 1 ? Math.Clamp(position, 0, length - 1)
            : padding == 2 ? Reflected(position, low, high)
            : position;
    }

    private static double Reflected(double position, double low, double high)
    {
        double range = high - low;
        if (!(range > 0) || !double.IsFinite(position))
        {
            return low;
        }

        double distance = position < low ? low - position : position - high;
        double turns = Math.Floor(distance / range);
        double rest = distance - (turns * range);
        bool isEven = turns % 2 == 0;
        return position < low ? (isEven ? low + rest : high - rest) : isEven ? high - rest : low + rest;
    }

    private static int Index(int index, int length, int padding, bool alignsCorners) => (uint)index < (uint)length ? index
        : padding == 0 ? -1
        : padding == 1 ? Math.Clamp(index, 0, length - 1)
        : Math.Clamp((int)Reflected(index, alignsCorners ? 0 : -0.5, alignsCorners ? length - 1 : length - 0.5), 0, length - 1);

    private static void Weigh<T>(double position, int mode, Span<T> weights, out int first)
        where T : IFloatingPointIeee754<T>
    {
        position = double.IsFinite(position) ? Math.Clamp(position, int.MinValue / 2, int.MaxValue / 2) : -2;
        if (mode == 0)
        {
            first = (int)Math.Round(position, MidpointRounding.ToEven);
            weights[0] = T.One;
            return;
        }

        double floor = Math.Floor(position);
        double t = position - floor;
        if (mode == 1)
        {
            first = (int)floor;
            weights[0] = T.CreateTruncating(1 - t);
            weights[1] = T.CreateTruncating(t);
            return;
        }

        const double A = -0.75;
        first = (int)floor - 1;
        for (int i = 0; i < 4; i++)
        {
            double d = Math.Abs(i - 1 - t);
            weights[i] = T.CreateTruncating(d <= 1 ? (((((A + 2) * d) - (A + 3)) * d * d) + 1) : (((((A * d) - (5 * A)) * d) + (8 * A)) * d) - (4 * A));
        }
    }
}
