using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>One output pixel at a time on 128-bit vectors: bytes of four filter rows are interleaved, so that each 32-bit lane holds the four rows of one channel.</content>
internal static partial class DepthwiseInt8
{
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Line128(
        ref byte x,
        ref sbyte weights,
        ref int bias,
        ref float scales,
        ref byte y,
        int line,
        in DepthwiseShape shape,
        int inputZeroPoint,
        in Requantize output)
    {
        int count = int.Min(shape.Channels, DepthwiseInt8Layout.BlockChannels);
        int blockLength = DepthwiseInt8Layout.BlockLength(shape);
        int reach = (shape.KernelWidth - 1) * shape.DilationX;
        for (int block = 0; block < DepthwiseInt8Layout.Blocks(shape.Channels); block++)
        {
            int channel = DepthwiseInt8Layout.FirstChannel(block, shape.Channels);
            var window = new DepthwiseInt8Window(ref x, line, channel, count, inputZeroPoint, shape);
            ref sbyte w = ref Unsafe.Add(ref weights, block * blockLength);
            ref int start = ref Unsafe.Add(ref bias, channel);
            ref float scale = ref Unsafe.Add(ref scales, channel);
            bool linesInside = window.LinesInside && count == DepthwiseInt8Layout.BlockChannels;

            for (int pixel = 0; pixel < shape.OutputWidth; pixel++)
            {
                int column = (pixel * shape.StrideX) - shape.PadLeft;
                bool inside = linesInside && column >= 0 && column + reach < shape.InputWidth;
                Vector128<byte> bytes = Pixel(window, ref w, ref start, ref scale, column, shape, output, inside);
                PartialLanes.Store(ref Unsafe.Add(ref y, ((nint)pixel * shape.Channels) + channel), bytes, count);
            }
        }
    }

    /// <summary>Sixteen channels of the pixel whose filter starts in input column <paramref name="column"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Pixel(
        in DepthwiseInt8Window window,
        ref sbyte weights,
        ref int bias,
        ref float scales,
        int column,
        in DepthwiseShape shape,
        in Requantize output,
        bool inside)
    {
        Vector128<int> a = Vector128.LoadUnsafe(ref bias);
        Vector128<int> b = Vector128.LoadUnsafe(ref bias, 4);
        Vector128<int> c = Vector128.LoadUnsafe(ref bias, 8);
        Vector128<int> d = Vector128.LoadUnsafe(ref bias, 12);
        for (int kx = 0; kx < shape.KernelWidth; kx++)
        {
            for (int ky = 0; ky < shape.KernelHeight; ky += DepthwiseInt8Layout.StepRows)
            {
                int rows = shape.KernelHeight - ky;
                Vector128<byte> row0 = Load(window, ky, column, inside);
                Vector128<byte> row1 = rows > 1 ? Load(window, ky + 1, column, inside) : row0;
                Vector128<byte> row2 = rows > 2 ? Load(window, ky + 2, column, inside) : row0;
                Vector128<byte> row3 = rows > 3 ? Load(window, ky + 3, column, inside) : row0;
                Vector128<ushort> low01 = ZipLow(row0, row1), high01 = ZipHigh(row0, row1);
                Vector128<ushort> low23 = ZipLow(row2, row3), high23 = ZipHigh(row2, row3);
                a = Dot(a, ZipLow(low01, low23), Vector128.LoadUnsafe(ref weights));
                b = Dot(b, ZipHigh(low01, low23), Vector128.LoadUnsafe(ref weights, 16));
                c = Dot(c, ZipLow(high01, high23), Vector128.LoadUnsafe(ref weights, 32));
                d = Dot(d, ZipHigh(high01, high23), Vector128.LoadUnsafe(ref weights, 48));
                weights = ref Unsafe.Add(ref weights, DepthwiseInt8Layout.StepBytes);
            }

            column += shape.DilationX;
        }

        Vector128<byte> low = RoundU8.Pack(
            Vector128.ConvertToSingle(a) * Vector128.LoadUnsafe(ref scales),
            Vector128.ConvertToSingle(b) * Vector128.LoadUnsafe(ref scales, 4),
            output.ZeroPoint,
            output.Min,
            output.Max);
        Vector128<byte> high = RoundU8.Pack(
            Vector128.ConvertToSingle(c) * Vector128.LoadUnsafe(ref scales, 8),
            Vector128.ConvertToSingle(d) * Vector128.LoadUnsafe(ref scales, 12),
            output.ZeroPoint,
            output.Min,
            output.Max);
        return Vector128.Create(low.GetLower(), high.GetLower());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(in DepthwiseInt8Window window, int ky, int column, bool inside) =>
        inside ? Vector128.LoadUnsafe(ref Unsafe.Add(ref window.Inside(column), ky * window.TapLineBytes)) : window.Anywhere(ky, column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Dot(Vector128<int> sum, Vector128<byte> inputs, Vector128<sbyte> weights) =>
        TileInt8Vector128.Dot(sum, TileInt8Vector128.Inputs(inputs), TileInt8Vector128.Weights(weights));
}
