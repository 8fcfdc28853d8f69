using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The mean over all pixels of 8-bit NHWC data, per channel: <c>y[image, c] = requantize(sum over pixels of (x - inputZeroPoint), scale)</c>, where
/// <c>scale = inputScale / (outputScale * pixels)</c>. The sum is exact. There are fewer than 2^31 / 255 pixels; y must not overlap x.
/// </summary>
internal static class GlobalAverageU8
{
    /// <summary>Averages <paramref name="x"/> [batch, pixels, channels] into <paramref name="y"/> [batch, channels].</summary>
    public static void Run(
        ReadOnlySpan<byte> x, Span<byte> y, int batch, int pixels, int channels, int inputZeroPoint, float scale, in Requantize output) =>
        RunOn(Isa.Best, x, y, batch, pixels, channels, inputZeroPoint, scale, output);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<byte> x, Span<byte> y, int batch, int pixels, int channels, int inputZeroPoint, float scale, in Requantize output)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(x, y, batch, pixels, channels, inputZeroPoint, scale, output);
            return;
        }

        Span<int> buffer = stackalloc int[ChannelSumsU8.MaxChannels];
        for (int image = 0; image < batch; image++)
        {
            for (int c = 0; c < channels; c += buffer.Length)
            {
                Span<int> sums = buffer[..int.Min(buffer.Length, channels - c)];
                sums.Clear();
                ChannelSumsU8.Add(isa, x[((image * pixels * channels) + c)..], pixels, channels, sums);
                ChannelSumsU8.Finish(isa, sums, y[((image * channels) + c)..], -pixels * inputZeroPoint, scale, output);
            }
        }
    }

    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(
        ReadOnlySpan<byte> x, // [batch, pixels, channels]
        Span<byte> y, // [batch, channels]
        int batch,
        int pixels,
        int channels,
        int inputZeroPoint,
        float scale,
        in Requantize output)
    {
        for (int image = 0; image < batch; image++)
        {
            for (int c = 0; c < channels; c++)
            {
                int sum = 0;
                for (int pixel = 0; pixel < pixels; pixel++)
                {
                    sum += x[(((image * pixels) + pixel) * channels) + c] - inputZeroPoint;
                }

                y[(image * channels) + c] = output.Apply(sum, scale);
            }
        }
    }
}
