using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Consecutive output lines of an image, and the scratch buffer that holds what they read: lines of the input with their padding, as bytes, or as words where the
/// loops multiply words. A band is as much as a second-level cache holds well, so that inputs are read soon after they were written.
/// </summary>
internal static class ConvInt8Band
{
    /// <summary>Bytes of a line that are written in the time of a call.</summary>
    private const int NarrowLine = 2048;

    /// <summary>Bytes of an image without its padding.</summary>
    public static int ImageLength(in ConvShape shape, in ImagePadding padding) => (shape.InputHeight - padding.Top - padding.Bottom) * LineLength(shape, padding);

    /// <summary>The most output lines whose input fits into <paramref name="scratch"/> bytes, of which <paramref name="inputBytes"/> make an input.</summary>
    public static int LinesThatFit(int scratch, int inputBytes, in ConvShape shape)
    {
        int inputLines = ((scratch / inputBytes) - TileInt8.SlackInputs) / (shape.InputWidth * shape.InputChannels);
        int spare = inputLines - InputLines(1, shape);
        return spare >= 0 ? (spare / shape.StrideY) + 1 : throw new ArgumentException("The scratch buffer is too short for a line.", nameof(scratch));
    }

    /// <summary>Bytes of scratch in which <paramref name="lines"/> output lines fit.</summary>
    public static int ScratchOf(int lines, int inputBytes, in ConvShape shape) =>
        ((InputLines(lines, shape) * shape.InputWidth * shape.InputChannels) + TileInt8.SlackInputs) * inputBytes;

    /// <summary>Lines of the padded input that <paramref name="lines"/> output lines read.</summary>
    public static int InputLines(int lines, in ConvShape shape) => ((lines - 1) * shape.StrideY) + ((shape.KernelHeight - 1) * shape.DilationY) + 1;

    /// <summary>
    /// How the pixels of <paramref name="lines"/> output lines read a padded input; with a <paramref name="pool"/> of 2, each four of them give one. Output pixels are
    /// <paramref name="outputStride"/> bytes apart, or follow each other where that is 0.
    /// </summary>
    public static TileInt8Shape Pixels(int images, int lines, int inputBytes, in ConvShape shape, int pool = 1, int outputStride = 0)
    {
        int pixelBytes = shape.InputChannels * inputBytes;
        int lineBytes = shape.InputWidth * pixelBytes;
        ConvInt8Taps taps = ConvInt8Taps.Of(shape);
        return new TileInt8Shape(
            images,
            lines / pool,
            Pixels: shape.OutputWidth / pool,
            ImageStride: shape.InputHeight * lineBytes,
            LineStride: pool * shape.StrideY * lineBytes,
            PixelStride: pool * shape.StrideX * pixelBytes,
            taps.TapsY,
            taps.TapsX,
            TapStrideY: shape.DilationY * lineBytes,
            TapStrideX: shape.DilationX * pixelBytes,
            taps.InnerK,
            Outputs: shape.OutputChannels / shape.Groups,
            OutputStride: outputStride == 0 ? shape.OutputChannels : outputStride,
            pool);
    }

    /// <summary>Fills the start of <paramref name="scratch"/> with what output lines <paramref name="firstLine"/> and following read.</summary>
    public static void Load(
        IsaLevel isa, ReadOnlySpan<byte> image, Span<byte> scratch, int firstLine, int lines, int inputBytes, byte zeroPoint, in ConvShape shape, in ImagePadding padding)
    {
        // Lines of the band, counted in the padded image: those above the image, in it, and below it.
        int first = firstLine * shape.StrideY;
        int count = InputLines(lines, shape);
        int above = int.Clamp(padding.Top - first, 0, count);
        int below = int.Clamp(first + count - (shape.InputHeight - padding.Bottom), 0, count);
        int inside = count - above - below;

        int paddedLine = shape.InputWidth * shape.InputChannels * inputBytes;
        int left = padding.Left * shape.InputChannels * inputBytes;
        int right = padding.Right * shape.InputChannels * inputBytes;
        int line = LineLength(shape, padding);
        Fill(scratch[..(above * paddedLine)], zeroPoint, inputBytes);
        scratch = scratch[(above * paddedLine)..];
        image = image.Slice(int.Clamp(first - padding.Top, 0, shape.InputHeight - padding.Top - padding.Bottom) * line, inside * line);
        if (left + right == 0)
        {
            Load(isa, image, scratch, inputBytes);
            scratch = scratch[(inside * paddedLine)..];
        }
        else if (paddedLine <= NarrowLine)
        {
            // Filling all of them costs less than filling each end.
            Fill(scratch[..(inside * paddedLine)], zeroPoint, inputBytes);
            for (int i = 0; i < inside; i++)
            {
                Load(isa, image.Slice(i * line, line), scratch[left..], inputBytes);
                scratch = scratch[paddedLine..];
            }
        }
        else
        {
            for (int i = 0; i < inside; i++)
            {
                Fill(scratch[..left], zeroPoint, inputBytes);
                Load(isa, image.Slice(i * line, line), scratch[left..], inputBytes);
                Fill(scratch.Slice(paddedLine - right, right), zeroPoint, inputBytes);
                scratch = scratch[paddedLine..];
            }
        }

        Fill(scratch[..(below * paddedLine)], zeroPoint, inputBytes);
    }

    private static int LineLength(in ConvShape shape, in ImagePadding padding) => (shape.InputWidth - padding.Left - padding.Right) * shape.InputChannels;

    private static void Load(IsaLevel isa, ReadOnlySpan<byte> x, Span<byte> target, int inputBytes)
    {
        if (inputBytes == sizeof(byte))
        {
            x.CopyTo(target);
        }
        else
        {
            WidenU8.Run(isa, x, MemoryMarshal.Cast<byte, short>(target));
        }
    }

    private static void Fill(Span<byte> target, byte value, int inputBytes)
    {
        if (inputBytes == sizeof(byte))
        {
            target.Fill(value);
        }
        else
        {
            MemoryMarshal.Cast<byte, short>(target).Fill(value);
        }
    }
}
