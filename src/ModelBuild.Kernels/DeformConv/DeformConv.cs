using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX DeformConv: a convolution whose taps are moved by offsets and weighed by a mask, both computed from data. Dai et al., https://arxiv.org/abs/1703.06211</summary>
internal static class DeformConv
{
    public static void Run(
        ReadOnlySpan<float> x, // [batch, channels, height, width]
        ReadOnlySpan<float> w, // [outputs, channels / groups, kernel height, kernel width]
        ReadOnlySpan<float> offsets, // [batch, offset groups * taps * 2, rows, columns]
        ReadOnlySpan<float> bias, // [outputs], or none
        ReadOnlySpan<float> mask, // [batch, offset groups * taps, rows, columns], or none
        Span<float> y, // [batch, outputs, rows, columns]
        int batch,
        int offsetGroups,
        int padTop,
        int padLeft,
        in ConvShape shape) // of the input without pads
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
                    float sum = bias.IsEmpty ? 0 : bias[m];
                    for (int c = 0; c < depth; c++)
                    {
                        int channel = (m / perGroup * depth) + c;
                        int offsetGroup = channel / perOffset;
                        for (int k = 0; k < taps; k++)
                        {
                            int tap = (((n * offsetGroups) + offsetGroup) * taps) + k;
                            float v = (o / columns * shape.StrideY) - padTop + (k / shape.KernelWidth * shape.DilationY) + offsets[(2 * tap * rows * columns) + o];
                            float h = (o % columns * shape.StrideX) - padLeft + (k % shape.KernelWidth * shape.DilationX) + offsets[(((2 * tap) + 1) * rows * columns) + o];
                            float value = Sample(x.Slice(((n * channels) + channel) * size, size), shape.InputHeight, shape.InputWidth, v, h);
                            sum += w[(((m * depth) + c) * taps) + k] * value * (mask.IsEmpty ? 1 : mask[(tap * rows * columns) + o]);
                        }
                    }

                    y[(((n * outputs) + m) * rows * columns) + o] = sum;
                }
            }
        }
    }

    private static float Sample(ReadOnlySpan<float> plane, int height, int width, float v, float h)
    {
        if (!(v > -1 && v < height && h > -1 && h < width))
        {
            return 0;
        }

        int top = (int)MathF.Floor(v);
        int left = (int)MathF.Floor(h);
        float dv = v - top;
        float dh = h - left;
        float At(ReadOnlySpan<float> values, int row, int column) => (uint)row < (uint)height && (uint)column < (uint)width ? values[(row * width) + column] : 0;
        return ((1 - dv) * (1 - dh) * At(plane, top, left)) + ((1 - dv) * dh * At(plane, top, left + 1)) + (dv * (1 - dh) * At(plane, top + 1, left)) + (dv * dh * At(plane, top + 1, left + 1));
    }
}
