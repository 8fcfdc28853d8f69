using System;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX AveragePool on 8-bit NHWC data: <c>y = requantize(sum over taps inside the input of (x - inputZeroPoint), scale / divisor)</c>, where
/// <c>scale = inputScale / outputScale</c>. The divisor is the number of taps inside the input or, with <c>countPadding</c>, of all taps of the filter; a window
/// without any tap inside is zero. The sum is exact, the quotient is rounded to float. y must not overlap x.
/// </summary>
internal static class AveragePoolU8
{
    /// <summary>Pools <paramref name="batch"/> images.</summary>
    public static void Run(
        ReadOnlySpan<byte> x, Span<byte> y, int batch, in DepthwiseShape shape, bool countPadding, int inputZeroPoint, float scale, in Requantize output) =>
        RunOn(Isa.Best, x, y, batch, shape, countPadding, inputZeroPoint, scale, output);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(
        IsaLevel isa,
        ReadOnlySpan<byte> x, // [batch, inputHeight, inputWidth, channels]
        Span<byte> y, // [batch, outputHeight, outputWidth, channels]
        int batch,
        in DepthwiseShape shape,
        bool countPadding,
        int inputZeroPoint,
        float scale,
        in Requantize output)
    {
        Span<int> buffer = stackalloc int[ChannelSumsU8.MaxChannels];
        int pixels = batch * shape.OutputHeight * shape.OutputWidth;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            (int line, int ox) = int.DivRem(pixel, shape.OutputWidth);
            (int image, int oy) = int.DivRem(line, shape.OutputHeight);
            int top = (oy * shape.StrideY) - shape.PadTop;
            int left = (ox * shape.StrideX) - shape.PadLeft;
            (int firstY, int endY) = TapsInside(top, shape.DilationY, shape.KernelHeight, shape.InputHeight);
            (int firstX, int endX) = TapsInside(left, shape.DilationX, shape.KernelWidth, shape.InputWidth);
            int inside = (endY - firstY) * (endX - firstX);
            int divisor = int.Max(1, countPadding ? shape.KernelHeight * shape.KernelWidth : inside);

            for (int c = 0; c < shape.Channels; c += buffer.Length)
            {
                Span<int> sums = buffer[..int.Min(buffer.Length, shape.Channels - c)];
                sums.Clear();
                for (int ky = firstY; ky < endY && firstX < endX; ky++)
                {
                    int inputLine = (image * shape.InputHeight) + top + (ky * shape.DilationY);
                    int first = (((inputLine * shape.InputWidth) + left + (firstX * shape.DilationX)) * shape.Channels) + c;
                    ChannelSumsU8.Add(isa, x[first..], endX - firstX, shape.DilationX * shape.Channels, sums);
                }

                ChannelSumsU8.Finish(isa, sums, y[((pixel * shape.Channels) + c)..], -inside * inputZeroPoint, scale / divisor, output);
            }
        }
    }

    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<byte> x, // [batch, inputHeight, inputWidth, channels]
        Span<byte> y, // [batch, outputHeight, outputWidth, channels]
        int batch,
        in DepthwiseShape shape,
        bool countPadding,
        int inputZeroPoint,
        float scale,
        in Requantize output)
    {
        for (int i = 0; i < batch * shape.OutputHeight * shape.OutputWidth * shape.Channels; i++)
        {
            int c = i % shape.Channels;
            int ox = i / shape.Channels % shape.OutputWidth;
            int oy = i / shape.Channels / shape.OutputWidth % shape.OutputHeight;
            int image = i / shape.Channels / shape.OutputWidth / shape.OutputHeight;
            int sum = 0;
            int inside = 0;
            for (int ky = 0; ky < shape.KernelHeight; ky++)
            {
                for (int kx = 0; kx < shape.KernelWidth; kx++)
                {
                    int line = (oy * shape.StrideY) - shape.PadTop + (ky * shape.DilationY);
                    int column = (ox * shape.StrideX) - shape.PadLeft + (kx * shape.DilationX);
                    if (line >= 0 && line < shape.InputHeight && column >= 0 && column < shape.InputWidth)
                    {
                        int inputPixel = (((image * shape.InputHeight) + line) * shape.InputWidth) + column;
                        sum += x[(inputPixel * shape.Channels) + c] - inputZeroPoint;
                        inside++;
                    }
                }
            }

            int divisor = int.Max(1, countPadding ? shape.KernelHeight * shape.KernelWidth : inside);
            y[i] = output.Apply(sum, scale / divisor);
        }
    }

    /// <summary>The taps [first, end) whose positions <c>start + tap * dilation</c> are within [0, size); empty where end is not above first.</summary>
    private static (int First, int End) TapsInside(int start, int dilation, int taps, int size)
    {
        int first = start >= 0 ? 0 : (dilation - 1 - start) / dilation;
        int end = start >= size ? 0 : int.Min(taps, ((size - 1 - start) / dilation) + 1);
        return first < end ? (first, end) : (0, 0);
    }
}
