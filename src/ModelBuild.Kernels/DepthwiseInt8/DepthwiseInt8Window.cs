using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// What one output line of a block of channels sees of the input: where taps are, and which of them are inside. Taps outside are the zero point.
/// </summary>
internal readonly ref struct DepthwiseInt8Window
{
    private readonly ref byte x;
    private readonly Vector128<byte> outside;
    private readonly nint lineBytes;
    private readonly nint pixelBytes;
    private readonly int firstLine;
    private readonly int tapLines;
    private readonly int height;
    private readonly int width;
    private readonly int channels;

    /// <summary>The window of output line <paramref name="line"/> and of <paramref name="channels"/> channels, up to sixteen, from <paramref name="channel"/>.</summary>
    public DepthwiseInt8Window(ref byte x, int line, int channel, int channels, int zeroPoint, in DepthwiseShape shape)
    {
        this.x = ref Unsafe.Add(ref x, channel);
        this.channels = channels;
        outside = Vector128.Create((byte)zeroPoint);
        pixelBytes = shape.Channels;
        lineBytes = (nint)shape.InputWidth * shape.Channels;
        TapLineBytes = shape.DilationY * lineBytes;
        firstLine = (line * shape.StrideY) - shape.PadTop;
        tapLines = shape.DilationY;
        height = shape.InputHeight;
        width = shape.InputWidth;
        LinesInside = firstLine >= 0 && firstLine + ((shape.KernelHeight - 1) * shape.DilationY) < height;
    }

    /// <summary>Whether all filter rows are inside the input.</summary>
    public bool LinesInside { get; }

    /// <summary>Bytes from a filter row to the next.</summary>
    public nint TapLineBytes { get; }

    /// <summary>The first channel of filter row 0 in input column <paramref name="column"/>, both known to be inside, with all their sixteen channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Inside(int column) => ref Unsafe.Add(ref x, (firstLine * lineBytes) + (column * pixelBytes));

    /// <summary>The channels of filter row <paramref name="ky"/> in input column <paramref name="column"/>, where the tap may be outside.</summary>
    public Vector128<byte> Anywhere(int ky, int column)
    {
        int line = firstLine + (ky * tapLines);
        bool inside = (uint)line < (uint)height && (uint)column < (uint)width;
        return inside ? PartialLanes.Load(ref Unsafe.Add(ref x, (line * lineBytes) + (column * pixelBytes)), channels) : outside;
    }
}
