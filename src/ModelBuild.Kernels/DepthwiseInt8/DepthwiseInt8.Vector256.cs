using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>
/// Two neighbouring output pixels at a time, one in each half of a 256-bit vector: bytes of four filter rows are interleaved, so that each 32-bit lane holds the
/// four rows of one channel.
/// </content>
internal static partial class DepthwiseInt8
{
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Line256<TDot>(
        ref byte x,
        ref sbyte weights,
        ref int bias,
        ref float scales,
        ref byte y,
        int line,
        in DepthwiseShape shape,
        int inputZeroPoint,
        in Requantize output)
        where TDot : struct, IDot256
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

            for (int pixel = 0; pixel < shape.OutputWidth; pixel += 2)
            {
                // The second half of an odd last pair repeats the first.
                int second = int.Min(pixel + 1, shape.OutputWidth - 1);
                int left = (pixel * shape.StrideX) - shape.PadLeft;
                int right = (second * shape.StrideX) - shape.PadLeft;
                Vector256<byte> bytes = linesInside && left >= 0 && right + reach < shape.InputWidth
                    ? Pair<TDot>(window, ref w, ref start, ref scale, left, right, shape, output, inside: true)
                    : Pair<TDot>(window, ref w, ref start, ref scale, left, right, shape, output, inside: false);
                PartialLanes.Store(ref Unsafe.Add(ref y, ((nint)pixel * shape.Channels) + channel), bytes.GetLower(), count);
                PartialLanes.Store(ref Unsafe.Add(ref y, ((nint)second * shape.Channels) + channel), bytes.GetUpper(), count);
            }
        }
    }

    /// <summary>Sixteen channels of the two pixels whose filters start in input columns <paramref name="left"/> and <paramref name="right"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Pair<TDot>(
        in DepthwiseInt8Window window,
        ref sbyte weights,
        ref int bias,
        ref float scales,
        int left,
        int right,
        in DepthwiseShape shape,
        in Requantize output,
        bool inside)
        where TDot : struct, IDot256
    {
        Vector256<int> a = Twice(Vector128.LoadUnsafe(ref bias));
        Vector256<int> b = Twice(Vector128.LoadUnsafe(ref bias, 4));
        Vector256<int> c = Twice(Vector128.LoadUnsafe(ref bias, 8));
        Vector256<int> d = Twice(Vector128.LoadUnsafe(ref bias, 12));
        nint lineStep = window.TapLineBytes;
        ref byte leftTap = ref inside ? ref window.Inside(left) : ref Unsafe.NullRef<byte>();
        ref byte rightTap = ref inside ? ref window.Inside(right) : ref Unsafe.NullRef<byte>();
        nint columnStep = (nint)shape.DilationX * shape.Channels;
        for (int kx = 0; kx < shape.KernelWidth; kx++)
        {
            for (int ky = 0; ky < shape.KernelHeight; ky += DepthwiseInt8Layout.StepRows)
            {
                int rows = shape.KernelHeight - ky;
                Vector256<byte> row0 = inside ? Two(ref leftTap, ref rightTap, ky * lineStep) : Anywhere(window, ky, left, right);
                Vector256<byte> row1 = rows <= 1 ? row0 : inside ? Two(ref leftTap, ref rightTap, (ky + 1) * lineStep) : Anywhere(window, ky + 1, left, right);
                Vector256<byte> row2 = rows <= 2 ? row0 : inside ? Two(ref leftTap, ref rightTap, (ky + 2) * lineStep) : Anywhere(window, ky + 2, left, right);
                Vector256<byte> row3 = rows <= 3 ? row0 : inside ? Two(ref leftTap, ref rightTap, (ky + 3) * lineStep) : Anywhere(window, ky + 3, left, right);
                Vector256<ushort> low01 = UnpackLow(row0, row1), high01 = UnpackHigh(row0, row1);
                Vector256<ushort> low23 = UnpackLow(row2, row3), high23 = UnpackHigh(row2, row3);
                a = TDot.Dot(a, UnpackLow(low01, low23), Twice(Vector128.LoadUnsafe(ref weights)));
                b = TDot.Dot(b, UnpackHigh(low01, low23), Twice(Vector128.LoadUnsafe(ref weights, 16)));
                c = TDot.Dot(c, UnpackLow(high01, high23), Twice(Vector128.LoadUnsafe(ref weights, 32)));
                d = TDot.Dot(d, UnpackHigh(high01, high23), Twice(Vector128.LoadUnsafe(ref weights, 48)));
                weights = ref Unsafe.Add(ref weights, DepthwiseInt8Layout.StepBytes);
            }

            left += shape.DilationX;
            right += shape.DilationX;
            leftTap = ref Unsafe.Add(ref leftTap, columnStep);
            rightTap = ref Unsafe.Add(ref rightTap, columnStep);
        }

        return RoundU8.PackRows(
            Vector256.ConvertToSingle(a) * Twice(Vector128.LoadUnsafe(ref scales)),
            Vector256.ConvertToSingle(b) * Twice(Vector128.LoadUnsafe(ref scales, 4)),
            Vector256.ConvertToSingle(c) * Twice(Vector128.LoadUnsafe(ref scales, 8)),
            Vector256.ConvertToSingle(d) * Twice(Vector128.LoadUnsafe(ref scales, 12)),
            output.ZeroPoint,
            output.Min,
            output.Max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Two(ref byte left, ref byte right, nint offset) =>
        Vector256.Create(Vector128.LoadUnsafe(ref Unsafe.Add(ref left, offset)), Vector128.LoadUnsafe(ref Unsafe.Add(ref right, offset)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<byte> Anywhere(in DepthwiseInt8Window window, int ky, int left, int right) =>
        Vector256.Create(window.Anywhere(ky, left), window.Anywhere(ky, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Twice<T>(Vector128<T> half) => Vector256.Create(half, half);
}
