using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>The vector variants: line by line, block of channels by block of channels, in runs of pixels whose interleaved columns fit on the stack.</content>
internal static partial class DepthwiseInt8
{
    /// <summary>Interleaved columns that are prepared at a time: they stay in the first-level cache.</summary>
    private const int ColumnBytes = 16 * 1024;

    private static void Blocks<TIsa, TSum, TOperand, TOutput>(
        ReadOnlySpan<byte> x,
        ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scales,
        Span<byte> y,
        int batch,
        in DepthwiseShape shape,
        int inputZeroPoint,
        in Requantize output,
        in TOutput epilogue)
        where TIsa : struct, ITileInt8Isa<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        // Slicing checks once that all operands are long enough; the loops over pixels do not.
        int columns = int.Max(shape.Channels, DepthwiseInt8Layout.BlockChannels);
        int inputLength = shape.InputHeight * shape.InputWidth * shape.Channels;
        int lineLength = shape.OutputWidth * shape.Channels;
        ref sbyte packed = ref MemoryMarshal.GetReference(weights[..DepthwiseInt8Layout.Length(shape)]);
        ref int biases = ref MemoryMarshal.GetReference(bias[..columns]);
        var operands = new TileInt8Operands { Scales = ref MemoryMarshal.GetReference(scales[..columns]) };

        int bytesPerColumn = DepthwiseInt8Layout.BlockLength(shape) / shape.KernelWidth;
        int reach = (shape.KernelWidth - 1) * shape.DilationX;
        int run = ((ColumnBytes / bytesPerColumn) - reach - 1) / shape.StrideX;
        if (run < 0)
        {
            Reference(x, weights, bias, scales, y, batch, shape, inputZeroPoint, output);
            return;
        }

        Span<byte> interleaved = stackalloc byte[ColumnBytes];
        ref byte start = ref MemoryMarshal.GetReference(interleaved);
        for (int line = 0; line < batch * shape.OutputHeight; line++)
        {
            (int image, int imageLine) = int.DivRem(line, shape.OutputHeight);
            ref byte input = ref MemoryMarshal.GetReference(x.Slice(image * inputLength, inputLength));
            operands.Output = ref MemoryMarshal.GetReference(y.Slice(line * lineLength, lineLength));
            for (int block = 0; block < DepthwiseInt8Layout.Blocks(shape.Channels); block++)
            {
                int channel = DepthwiseInt8Layout.FirstChannel(block, shape.Channels);
                ref sbyte blockWeights = ref Unsafe.Add(ref packed, block * DepthwiseInt8Layout.BlockLength(shape));
                for (int pixel = 0; pixel < shape.OutputWidth; pixel += run + 1)
                {
                    int pixels = int.Min(run + 1, shape.OutputWidth - pixel);
                    int first = (pixel * shape.StrideX) - shape.PadLeft;
                    int count = ((pixels - 1) * shape.StrideX) + reach + 1;
                    DepthwiseInt8Columns.Interleave(ref input, ref start, imageLine, first, count, channel, inputZeroPoint, shape);
                    Pixels<TIsa, TSum, TOperand, TOutput>(
                        ref start, ref blockWeights, ref Unsafe.Add(ref biases, channel), operands, epilogue, shape, pixel, pixels, channel);
                }
            }
        }
    }

    /// <summary>Computes a run of pixels of a block of channels from its interleaved columns.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Pixels<TIsa, TSum, TOperand, TOutput>(
        ref byte columns,
        ref sbyte weights,
        ref int bias,
        in TileInt8Operands operands,
        in TOutput epilogue,
        in DepthwiseShape shape,
        int pixel,
        int pixels,
        int channel)
        where TIsa : struct, ITileInt8Isa<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        int bytesPerColumn = DepthwiseInt8Layout.BlockLength(shape) / shape.KernelWidth;
        nint pixelStep = (nint)shape.StrideX * bytesPerColumn;
        nint tapStep = (nint)shape.DilationX * bytesPerColumn;
        int channels = int.Min(shape.Channels, DepthwiseInt8Layout.BlockChannels);
        for (int half = 0; half < channels; half += 2 * TIsa.Lanes)
        {
            // Four-lane vectors take a block in two halves.
            ref byte x = ref Unsafe.Add(ref columns, half * DepthwiseInt8Layout.StepRows);
            ref sbyte w = ref Unsafe.Add(ref weights, half * DepthwiseInt8Layout.StepRows);
            ref int start = ref Unsafe.Add(ref bias, half);
            nint index = ((nint)pixel * shape.Channels) + channel + half;
            if (shape.KernelWidth == 3 && bytesPerColumn == DepthwiseInt8Layout.StepBytes && channels == DepthwiseInt8Layout.BlockChannels)
            {
                ThreeColumns<TIsa, TSum, TOperand, TOutput>(
                    ref x, ref w, ref start, operands, epilogue, pixelStep, tapStep, index, shape.Channels, channel + half, pixels);
            }
            else
            {
                AnyColumns<TIsa, TSum, TOperand, TOutput>(
                    ref x, ref w, ref start, operands, epilogue, pixelStep, tapStep, index, channel + half, channels - half, pixels, shape);
            }
        }
    }

    /// <summary>A filter of three columns and up to four rows, whose weights stay in registers, and full blocks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void ThreeColumns<TIsa, TSum, TOperand, TOutput>(
        ref byte x,
        ref sbyte w,
        ref int bias,
        in TileInt8Operands operands,
        in TOutput epilogue,
        nint pixelStep,
        nint tapStep,
        nint index,
        nint outputStep,
        int column,
        int pixels)
        where TIsa : struct, ITileInt8Isa<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        int next = TIsa.Lanes * DepthwiseInt8Layout.StepRows;
        TOperand low0 = TIsa.LoadWeights(ref w), high0 = TIsa.LoadWeights(ref Unsafe.Add(ref w, next));
        w = ref Unsafe.Add(ref w, DepthwiseInt8Layout.StepBytes);
        TOperand low1 = TIsa.LoadWeights(ref w), high1 = TIsa.LoadWeights(ref Unsafe.Add(ref w, next));
        w = ref Unsafe.Add(ref w, DepthwiseInt8Layout.StepBytes);
        TOperand low2 = TIsa.LoadWeights(ref w), high2 = TIsa.LoadWeights(ref Unsafe.Add(ref w, next));
        TSum lowBias = TIsa.Load(ref bias), highBias = TIsa.Load(ref Unsafe.Add(ref bias, TIsa.Lanes));
        TOutput output = epilogue;
        for (int i = 0; i < pixels; i++)
        {
            ref byte x1 = ref Unsafe.Add(ref x, tapStep);
            ref byte x2 = ref Unsafe.Add(ref x1, tapStep);
            TSum low = TIsa.Dot(lowBias, TIsa.LoadInputs(ref x), low0);
            TSum high = TIsa.Dot(highBias, TIsa.LoadInputs(ref Unsafe.Add(ref x, next)), high0);
            low = TIsa.Dot(low, TIsa.LoadInputs(ref x1), low1);
            high = TIsa.Dot(high, TIsa.LoadInputs(ref Unsafe.Add(ref x1, next)), high1);
            low = TIsa.Dot(low, TIsa.LoadInputs(ref x2), low2);
            high = TIsa.Dot(high, TIsa.LoadInputs(ref Unsafe.Add(ref x2, next)), high2);
            output.Store(operands, index, column, 2 * TIsa.Lanes, low, high);
            x = ref Unsafe.Add(ref x, pixelStep);
            index += outputStep;
        }
    }

    /// <summary>Any filter, and blocks that are not full.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void AnyColumns<TIsa, TSum, TOperand, TOutput>(
        ref byte x,
        ref sbyte weights,
        ref int bias,
        in TileInt8Operands operands,
        in TOutput output,
        nint pixelStep,
        nint tapStep,
        nint index,
        int column,
        int count,
        int pixels,
        in DepthwiseShape shape)
        where TIsa : struct, ITileInt8Isa<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
        where TOutput : struct, ITileInt8Output<TSum>
    {
        int next = TIsa.Lanes * DepthwiseInt8Layout.StepRows;
        int bytesPerColumn = DepthwiseInt8Layout.BlockLength(shape) / shape.KernelWidth;
        for (int i = 0; i < pixels; i++)
        {
            TSum low = TIsa.Load(ref bias), high = TIsa.Load(ref Unsafe.Add(ref bias, TIsa.Lanes));
            ref sbyte w = ref weights;
            for (int kx = 0; kx < shape.KernelWidth; kx++)
            {
                ref byte tap = ref Unsafe.Add(ref x, kx * tapStep);
                for (int step = 0; step < bytesPerColumn; step += DepthwiseInt8Layout.StepBytes)
                {
                    low = TIsa.Dot(low, TIsa.LoadInputs(ref Unsafe.Add(ref tap, step)), TIsa.LoadWeights(ref w));
                    high = TIsa.Dot(high, TIsa.LoadInputs(ref Unsafe.Add(ref tap, step + next)), TIsa.LoadWeights(ref Unsafe.Add(ref w, next)));
                    w = ref Unsafe.Add(ref w, DepthwiseInt8Layout.StepBytes);
                }
            }

            output.Store(operands, index, column, count, low, high);
            x = ref Unsafe.Add(ref x, pixelStep);
            index += shape.Channels;
        }
    }
}
