using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX DeformConv: a convolution whose taps are moved by offsets and weighed by a mask, both computed from data. Dai et al., https://arxiv.org/abs/1703.06211</summary>
internal static class DeformConv
{
    public static void Run<T>(
        ReadOnlySpan<T> x, // [batch, channels, height, width]
        ReadOnlySpan<T> w, // [outputs, channels / groups, kernel height, kernel width]
        ReadOnlySpan<T> offsets, // [batch, offset groups * taps * 2, rows, columns]
        ReadOnlySpan<T> bias, // [outputs], or none
        ReadOnlySpan<T> mask, // [batch, offset groups * taps, rows, columns], or none
        Span<T> y, // [batch, outputs, rows, columns]
        int batch,
        int offsetGroups,
        int padTop,
        int padLeft,
        in ConvShape shape) // of the input without pads
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int channels = shape.InputChannels;
        int outputs = shape.OutputChannels;
        int rows = shape.OutputHeight;
        int columns = shape.OutputWidth;
        int taps = shape.KernelHeight * shape.KernelWidth;
        int depth = channels / shape.Groups;
        int perGroup = outputs / shape.Groups;
        int perOffset = channels / offsetGroups;
        int size = shape.InputHeight * shape.InputWidth;
        for (int n = 0; n < batch; n++)
        {
            for (int m = 0; m < outputs; m++)
            {
                for (int o = 0; o < rows * columns; o++)
                {
                    T sum = bias.IsEmpty ? T.Zero : bias[m];
                    for (int c = 0; c < depth; c++)
                    {
                        int channel = (m / perGroup * depth) + c;
                        int offsetGroup = channel / perOffset;
                        for (int k = 0; k < taps; k++)
                        {
                            int tap = (((n * offsetGroups) + offsetGroup) * taps) + k;
                            T v = T.CreateTruncating((o / columns * shape.StrideY) - padTop + (k / shape.KernelWidth * shape.DilationY)) + offsets[(2 * tap * rows * columns) + o];
                            T h = T.CreateTruncating((o % columns * shape.StrideX) - padLeft + (k % shape.KernelWidth * shape.DilationX)) + offsets[(((2 * tap) + 1) * rows * columns) + o];
                            T value = Sample(x.Slice(((n * channels) + channel) * size, size), shape.InputHeight, shape.InputWidth, v, h);
                            sum += w[(((m * depth) + c) * taps) + k] * value * (mask.IsEmpty ? T.One : mask[(tap * rows * columns) + o]);
                        }
                    }

                    y[(((n * outputs) + m) * rows * columns) + o] = sum;
                }
            }
        }
    }

    private static T Sample<T>(ReadOnlySpan<T> plane, int height, int width, T v, T h)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(v > -T.One && v < T.CreateTruncating(height) && h > -T.One && h < T.CreateTruncating(width)))
        {
            return T.Zero;
        }

        int top = int.CreateTruncating(T.Floor(v));
        int left = int.CreateTruncating(T.Floor(h));
        T dv = v - T.CreateTruncating(top);
        T dh = h - T.CreateTruncating(left);
        T At(ReadOnlySpan<T> values, int row, int column) => (uint)row < (uint)height && (uint)column < (uint)width ? values[(row * width) + column] : T.Zero;
        return ((T.One - dv) * (T.One - dh) * At(plane, top, left)) + ((T.One - dv) * dh * At(plane, top, left + 1)) + (dv * (T.One - dh) * At(plane, top + 1, left)) + (dv * dh * At(plane, top + 1, left + 1));
    }
}
