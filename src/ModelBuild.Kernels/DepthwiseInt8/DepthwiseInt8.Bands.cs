using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>The vector variants: band by band, block of channels by block of channels. Strips are prepared, the filter's sums taken, and then finished as those of a tile.</content>
internal static partial class DepthwiseInt8
{
    /// <summary>
    /// <see cref="Run"/> by the steps of an instruction set; <paramref name="isa"/> is for what comes after them. Tests call it with steps that their processor does not have.
    /// </summary>
    internal static void Bands<TIsa, TSum, TOperand>(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> y,
        int batch,
        in DepthwiseShape shape,
        int inputZeroPoint,
        in Requantize output)
        where TIsa : struct, IDepthwiseInt8Step<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        y = y[..(batch * shape.OutputHeight * shape.OutputWidth * shape.Channels)];
        if (y.IsEmpty)
        {
            return;
        }

        var band = new DepthwiseInt8Band(shape, TIsa.Rows);
        if (!band.IsPossible)
        {
            Reference(x, weights, bias, scales, y, batch, shape, inputZeroPoint, output);
            return;
        }

        // Slicing checks once that all operands are long enough; the loops over pixels do not.
        int paddedChannels = DepthwiseInt8Layout.PaddedChannels(shape.Channels);
        int channels = int.Min(shape.Channels, DepthwiseInt8Layout.BlockChannels);
        int inputLength = shape.InputHeight * shape.InputWidth * shape.Channels;
        x = x[..(batch * inputLength)];
        weights = weights[..DepthwiseInt8Layout.Length(shape)];
        ref int biases = ref MemoryMarshal.GetReference(bias[..paddedChannels]);
        var operands = new TileInt8Operands { Output = ref MemoryMarshal.GetReference(y), Scales = ref MemoryMarshal.GetReference(scales[..paddedChannels]) };
        var epilogue = new TileInt8RequantizeOutput(output);

        int width = ProductInt16.Width(isa);
        Span<byte> strips = stackalloc byte[band.Strips(band.Lines) * band.StripBytes];
        Span<byte> filters = stackalloc byte[(band.Variants * band.FilterBytes) + DepthwiseInt8Layout.StepBytes];
        Span<int> sums = stackalloc int[band.Lines * band.Pixels * DepthwiseInt8Layout.BlockChannels];
        for (int image = 0; image < batch; image++)
        {
            for (int line = 0; line < shape.OutputHeight; line += band.Lines)
            {
                int lines = int.Min(band.Lines, shape.OutputHeight - line);
                for (int block = 0; block < DepthwiseInt8Layout.Blocks(shape.Channels); block++)
                {
                    int channel = DepthwiseInt8Layout.FirstChannel(block, shape.Channels);
                    ReadOnlySpan<sbyte> filter = weights[(block * DepthwiseInt8Layout.BlockLength(shape))..];
                    for (int variant = 0; variant < band.Variants; variant++)
                    {
                        DepthwiseInt8Filter.Prepare(filter, filters[(variant * band.FilterBytes)..], variant, TIsa.Rows, band.Steps, shape);
                    }

                    for (int pixel = 0; pixel < shape.OutputWidth; pixel += band.Pixels)
                    {
                        int pixels = int.Min(band.Pixels, shape.OutputWidth - pixel);
                        int columns = band.Columns - ((band.Pixels - pixels) * shape.StrideX);
                        for (int strip = 0; strip < band.Strips(lines); strip++)
                        {
                            DepthwiseInt8Strip.Prepare<TIsa, TSum, TOperand>(
                                x[(image * inputLength)..],
                                ref strips[strip * band.StripBytes],
                                (line * shape.StrideY) - shape.PadTop + band.FirstRow(strip),
                                (pixel * shape.StrideX) - shape.PadLeft,
                                columns,
                                channel,
                                inputZeroPoint,
                                shape);
                        }

                        Sums<TIsa, TSum, TOperand>(strips, filters, ref Unsafe.Add(ref biases, channel), sums, width, channels, lines, pixels, band, shape);
                        nint index = (((((nint)image * shape.OutputHeight) + line) * shape.OutputWidth) + pixel) * shape.Channels;
                        Finish(isa, sums, operands, epilogue, index, channel, width, channels, lines, pixels, shape);
                    }
                }
            }
        }
    }

    /// <summary>The sums of a band, without gaps between its lines: <c>[channel / width][line][pixel][width]</c>.</summary>
    private static void Sums<TIsa, TSum, TOperand>(
        Span<byte> strips,
        Span<byte> filters,
        ref int bias,
        Span<int> sums,
        int width,
        int channels,
        int lines,
        int pixels,
        in DepthwiseInt8Band band,
        in DepthwiseShape shape)
        where TIsa : struct, IDepthwiseInt8Step<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        // Lines that take the same filter are a series.
        for (int variant = 0; variant < int.Min(band.Variants, lines); variant++)
        {
            var series = new DepthwiseInt8Series
            {
                Lines = (lines - variant + band.Variants - 1) / band.Variants,
                Pixels = pixels,
                KernelWidth = shape.KernelWidth,
                Steps = band.Steps,
                LineBytes = band.FirstStrip(band.Variants) * band.StripBytes,
                PixelBytes = shape.StrideX * DepthwiseInt8Layout.StepBytes,
                TapBytes = shape.DilationX * DepthwiseInt8Layout.StepBytes,
                StepBytes = band.StepBytes,
                LineSums = band.Variants * pixels * width,
                PixelSums = width,
            };
            for (int lane = 0; lane < channels; lane += TIsa.Lanes)
            {
                ref byte x = ref strips[(band.FirstStrip(variant) * band.StripBytes) + (lane * sizeof(int))];
                ref byte w = ref filters[(variant * band.FilterBytes) + (lane * sizeof(int))];
                ref int start = ref Unsafe.Add(ref bias, lane);
                (int part, int rest) = int.DivRem(lane, width);
                ref int sum = ref sums[(((part * lines) + variant) * pixels * width) + rest];
                if (shape.KernelWidth == 3 && band.Steps == 2)
                {
                    ThreeByTwo<TIsa, TSum, TOperand>(ref x, ref w, ref start, ref sum, series);
                }
                else if (shape.KernelWidth == 3 && band.Steps == 1)
                {
                    ThreeByOne<TIsa, TSum, TOperand>(ref x, ref w, ref start, ref sum, series);
                }
                else
                {
                    Any<TIsa, TSum, TOperand>(ref x, ref w, ref start, ref sum, series);
                }
            }
        }
    }

    /// <summary>A filter of three columns and two steps, whose weights stay in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void ThreeByTwo<TIsa, TSum, TOperand>(ref byte x, ref byte w, ref int bias, ref int sums, in DepthwiseInt8Series series)
        where TIsa : struct, IDepthwiseInt8Step<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        const int StepBytes = DepthwiseInt8Layout.StepBytes;
        nint pixelBytes = series.PixelBytes, tapBytes = series.TapBytes, pixelSums = series.PixelSums;
        TSum start = TIsa.Load(ref bias);
        TOperand w0 = TIsa.LoadOperand(ref w), w1 = TIsa.LoadOperand(ref Unsafe.Add(ref w, StepBytes));
        TOperand w2 = TIsa.LoadOperand(ref Unsafe.Add(ref w, 2 * StepBytes)), w3 = TIsa.LoadOperand(ref Unsafe.Add(ref w, 3 * StepBytes));
        TOperand w4 = TIsa.LoadOperand(ref Unsafe.Add(ref w, 4 * StepBytes)), w5 = TIsa.LoadOperand(ref Unsafe.Add(ref w, 5 * StepBytes));
        for (int line = 0; line < series.Lines; line++)
        {
            ref byte upper = ref x;
            ref byte lower = ref Unsafe.Add(ref x, series.StepBytes);
            ref int pixel = ref sums;
            for (int i = 0; i < series.Pixels; i++)
            {
                TSum sum = TIsa.Dot(start, TIsa.LoadOperand(ref upper), w0);
                sum = TIsa.Dot(sum, TIsa.LoadOperand(ref lower), w1);
                sum = TIsa.Dot(sum, TIsa.LoadOperand(ref Unsafe.Add(ref upper, tapBytes)), w2);
                sum = TIsa.Dot(sum, TIsa.LoadOperand(ref Unsafe.Add(ref lower, tapBytes)), w3);
                sum = TIsa.Dot(sum, TIsa.LoadOperand(ref Unsafe.Add(ref upper, 2 * tapBytes)), w4);
                sum = TIsa.Dot(sum, TIsa.LoadOperand(ref Unsafe.Add(ref lower, 2 * tapBytes)), w5);
                TIsa.Store(sum, ref pixel);
                upper = ref Unsafe.Add(ref upper, pixelBytes);
                lower = ref Unsafe.Add(ref lower, pixelBytes);
                pixel = ref Unsafe.Add(ref pixel, pixelSums);
            }

            x = ref Unsafe.Add(ref x, series.LineBytes);
            sums = ref Unsafe.Add(ref sums, series.LineSums);
        }
    }

    /// <summary>A filter of three columns and one step.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void ThreeByOne<TIsa, TSum, TOperand>(ref byte x, ref byte w, ref int bias, ref int sums, in DepthwiseInt8Series series)
        where TIsa : struct, IDepthwiseInt8Step<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        const int StepBytes = DepthwiseInt8Layout.StepBytes;
        nint pixelBytes = series.PixelBytes, tapBytes = series.TapBytes, pixelSums = series.PixelSums;
        TSum start = TIsa.Load(ref bias);
        TOperand w0 = TIsa.LoadOperand(ref w), w1 = TIsa.LoadOperand(ref Unsafe.Add(ref w, StepBytes)), w2 = TIsa.LoadOperand(ref Unsafe.Add(ref w, 2 * StepBytes));
        for (int line = 0; line < series.Lines; line++)
        {
            ref byte column = ref x;
            ref int pixel = ref sums;
            for (int i = 0; i < series.Pixels; i++)
            {
                TSum sum = TIsa.Dot(start, TIsa.LoadOperand(ref column), w0);
                sum = TIsa.Dot(sum, TIsa.LoadOperand(ref Unsafe.Add(ref column, tapBytes)), w1);
                sum = TIsa.Dot(sum, TIsa.LoadOperand(ref Unsafe.Add(ref column, 2 * tapBytes)), w2);
                TIsa.Store(sum, ref pixel);
                column = ref Unsafe.Add(ref column, pixelBytes);
                pixel = ref Unsafe.Add(ref pixel, pixelSums);
            }

            x = ref Unsafe.Add(ref x, series.LineBytes);
            sums = ref Unsafe.Add(ref sums, series.LineSums);
        }
    }

    /// <summary>Any filter. Four pixels share the loads of its weights; the last four of a line may be fewer, and then the last of them is taken several times.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Any<TIsa, TSum, TOperand>(ref byte x, ref byte w, ref int bias, ref int sums, in DepthwiseInt8Series series)
        where TIsa : struct, IDepthwiseInt8Step<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        nint stepBytes = series.StepBytes, pixelBytes = series.PixelBytes, pixelSums = series.PixelSums;
        int steps = series.Steps;
        TSum start = TIsa.Load(ref bias);
        for (int line = 0; line < series.Lines; line++)
        {
            ref byte first = ref x;
            ref int pixel = ref sums;
            for (int i = 0; i < series.Pixels; i += 4)
            {
                int last = series.Pixels - 1 - i;
                nint pixel1 = nint.Min(last, 1), pixel2 = nint.Min(last, 2), pixel3 = nint.Min(last, 3);
                nint x1 = pixel1 * pixelBytes, x2 = pixel2 * pixelBytes, x3 = pixel3 * pixelBytes;
                TSum sum0 = start, sum1 = start, sum2 = start, sum3 = start;
                ref byte weights = ref w;
                ref byte column = ref first;
                for (int kx = 0; kx < series.KernelWidth; kx++)
                {
                    ref byte tap = ref column;
                    for (int step = 0; step < steps; step++)
                    {
                        TOperand weight = TIsa.LoadOperand(ref weights);
                        sum0 = TIsa.Dot(sum0, TIsa.LoadOperand(ref tap), weight);
                        sum1 = TIsa.Dot(sum1, TIsa.LoadOperand(ref Unsafe.Add(ref tap, x1)), weight);
                        sum2 = TIsa.Dot(sum2, TIsa.LoadOperand(ref Unsafe.Add(ref tap, x2)), weight);
                        sum3 = TIsa.Dot(sum3, TIsa.LoadOperand(ref Unsafe.Add(ref tap, x3)), weight);
                        tap = ref Unsafe.Add(ref tap, stepBytes);
                        weights = ref Unsafe.Add(ref weights, DepthwiseInt8Layout.StepBytes);
                    }

                    column = ref Unsafe.Add(ref column, series.TapBytes);
                }

                TIsa.Store(sum0, ref pixel);
                TIsa.Store(sum1, ref Unsafe.Add(ref pixel, pixel1 * pixelSums));
                TIsa.Store(sum2, ref Unsafe.Add(ref pixel, pixel2 * pixelSums));
                TIsa.Store(sum3, ref Unsafe.Add(ref pixel, pixel3 * pixelSums));
                first = ref Unsafe.Add(ref first, 4 * pixelBytes);
                pixel = ref Unsafe.Add(ref pixel, 4 * pixelSums);
            }

            x = ref Unsafe.Add(ref x, series.LineBytes);
            sums = ref Unsafe.Add(ref sums, series.LineSums);
        }
    }

    /// <summary>Stores the pixels of a band. Whole lines follow each other in the output as well.</summary>
    private static void Finish(
        IsaLevel isa,
        Span<int> sums,
        in TileInt8Operands operands,
        in TileInt8RequantizeOutput epilogue,
        nint index,
        int channel,
        int width,
        int channels,
        int lines,
        int pixels,
        in DepthwiseShape shape)
    {
        int runs = pixels == shape.OutputWidth ? 1 : lines;
        int run = lines * pixels / runs;
        for (int part = 0; part < channels; part += width)
        {
            for (int i = 0; i < runs; i++)
            {
                // Of a pixel with fewer channels than a vector has, what is stored too much becomes the next pixels of the run.
                nint first = index + ((nint)i * shape.OutputWidth * shape.Channels) + channel + part;
                nint lastWhole = channels <= width ? first + (run * shape.Channels) - width : -1;
                TileInt8.FinishOn(
                    isa,
                    ref sums[((part * runs) + (i * width)) * run],
                    run,
                    operands,
                    epilogue,
                    first,
                    shape.Channels,
                    channel + part,
                    channels - part,
                    lastWhole);
            }
        }
    }
}
