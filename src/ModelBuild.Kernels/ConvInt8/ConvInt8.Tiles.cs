using System;

namespace ModelBuild.Kernels;

/// <content>A convolution as pixels that read taps.</content>
internal static partial class ConvInt8
{
    private static int OutputLength(int batch, in ConvShape shape) => batch * shape.OutputHeight * shape.OutputWidth * shape.OutputChannels;

    /// <summary>Whether the input is made wide, or padded, before it is read.</summary>
    public static bool UsesScratch(IsaLevel isa, in ImagePadding padding) => isa != IsaLevel.Plain && !(TileInt8.InputBytes(isa) == sizeof(byte) && padding == default);

    /// <summary>As <see cref="UsesScratch(IsaLevel, in ImagePadding)"/>, with <paramref name="pool"/>: pixels that are pooled must not read beyond the end.</summary>
    private static bool UsesScratch(IsaLevel isa, in ImagePadding padding, int pool, in ConvShape shape) =>
        UsesScratch(isa, padding) || (pool > 1 && ConvInt8Taps.Of(shape).InnerK % TileInt8Layout.GroupInputs != 0);

    /// <summary>
    /// Slicing checks once that all operands are long enough; the tiles do not. That the geometry stays within the padded input,
    /// <c>(OutputHeight - 1) * StrideY + (KernelHeight - 1) * DilationY &lt; InputHeight</c> and likewise for the width, is the caller's promise.
    /// </summary>
    private static void Tiles<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        Span<byte> scratch,
        in TileInt8Operands operands,
        in TOutput output,
        int batch,
        in ConvShape shape,
        in ImagePadding padding,
        byte zeroPoint,
        int pool = 1,
        int stride = 0,
        int offset = 0)
        where TOutput : struct, ITileInt8Output
    {
        stride = stride == 0 ? shape.OutputChannels : stride;
        x = x[..(batch * ConvInt8Band.ImageLength(shape, padding))];
        weights = weights[..(shape.Groups * ConvInt8Taps.Of(shape).PackedGroupLength(shape))];
        int inputBytes = TileInt8.InputBytes(isa);
        if (!UsesScratch(isa, padding, pool, shape))
        {
            // The input is read in place.
            Groups(isa, x, weights, bias, operands, output, ConvInt8Band.Pixels(batch, shape.OutputHeight, inputBytes, shape, pool, stride), shape, offset);
            return;
        }

        // Where an output pixel reads the one input pixel at its place, images are one after the other like lines.
        bool isPointwise = padding == default && shape is { KernelHeight: 1, KernelWidth: 1, StrideY: 1, StrideX: 1 } && shape.InputHeight == shape.OutputHeight;
        ConvShape image = isPointwise ? shape with { InputHeight = batch * shape.InputHeight, OutputHeight = batch * shape.OutputHeight } : shape;
        int length = ConvInt8Band.ImageLength(image, padding);
        int images = isPointwise ? 1 : batch;
        for (int i = 0; i < images; i++)
        {
            int outputsBefore = (i * image.OutputHeight * image.OutputWidth * stride / (pool * pool)) + offset;
            Lines(isa, x.Slice(i * length, length), weights, bias, scratch, operands, output, outputsBefore, 0, image.OutputHeight, image, padding, zeroPoint, pool, stride);
        }
    }

    /// <summary>
    /// Computes output lines <paramref name="firstLine"/> to <paramref name="endLine"/> of one image, in bands whose input, padded and as wide as the loops want it,
    /// fits into <paramref name="scratch"/>. Calls for different lines are independent if their scratch is, and if an epilogue that may store a whole vector, which
    /// the next line then overwrites, is told by <c>OutputLength</c> where the lines end.
    /// </summary>
    private static void Lines<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> image,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        Span<byte> scratch,
        in TileInt8Operands operands,
        in TOutput output,
        int outputsBefore,
        int firstLine,
        int endLine,
        in ConvShape shape,
        in ImagePadding padding,
        byte zeroPoint,
        int pool,
        int stride)
        where TOutput : struct, ITileInt8Output
    {
        int inputBytes = TileInt8.InputBytes(isa);
        int linesPerBand = ConvInt8Band.LinesThatFit(scratch.Length, inputBytes, shape) / pool * pool;
        if (linesPerBand == 0)
        {
            throw new ArgumentException("The scratch buffer is too short for two lines.", nameof(scratch));
        }

        for (int line = firstLine; line < endLine; line += linesPerBand)
        {
            int lines = int.Min(linesPerBand, endLine - line);
            ConvInt8Band.Load(isa, image, scratch, line, lines, inputBytes, zeroPoint, shape, padding);
            int firstOutput = outputsBefore + (line * shape.OutputWidth * stride / (pool * pool));
            Groups(isa, scratch, weights, bias, operands, output, ConvInt8Band.Pixels(1, lines, inputBytes, shape, pool, stride), shape, firstOutput);
        }
    }

    /// <summary>Computes the pixels that <paramref name="pixels"/> describes, group by group.</summary>
    private static void Groups<TOutput>(
        IsaLevel isa,
        ReadOnlySpan<byte> input,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        in TileInt8Operands operands,
        in TOutput output,
        in TileInt8Shape pixels,
        in ConvShape shape,
        int firstOutput)
        where TOutput : struct, ITileInt8Output
    {
        int groupInputs = shape.InputChannels / shape.Groups * TileInt8.InputBytes(isa);
        int groupLength = ConvInt8Taps.Of(shape).PackedGroupLength(shape);
        int groupColumns = ConvInt8Taps.PackedGroupOutputs(shape);
        for (int group = 0; group < shape.Groups; group++)
        {
            TileInt8.RunOn(
                isa,
                input[(group * groupInputs)..],
                weights.Slice(group * groupLength, groupLength),
                bias,
                operands,
                output,
                pixels,
                firstOutput + (group * pixels.Outputs),
                firstColumn: group * groupColumns);
        }
    }
}
