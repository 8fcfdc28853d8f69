using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX AveragePool over <c>x[batch, InputHeight, InputWidth, Channels]</c>: the taps inside the input, summed row by row, divided by their number; with
/// <c>countIncludePad</c> by the number of taps inside input and padding. A window without a tap to count gives 0. Channels are independent lanes, so results are the
/// same bits at every instruction set. y may not overlap x.
/// </summary>
internal static partial class AveragePoolF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ReadOnlySpan<float> x, Span<float> y, int batch, bool countIncludePad, in PoolShape shape) =>
        RunOn(Isa.Best, x, y, batch, countIncludePad, in shape);

    /// <summary>Runs the variant of one instruction set, which must be supported: the widest vector up to its own that the channels fill.</summary>
    public static void RunOn(IsaLevel isa, ReadOnlySpan<float> x, Span<float> y, int batch, bool countIncludePad, in PoolShape shape)
    {
        if (isa >= IsaLevel.Avx512 && shape.Channels >= Simd512F32.Count)
        {
            RunVectors<Simd512F32>(x, y, batch, countIncludePad, in shape);
        }
        else if (isa >= IsaLevel.Avx2 && shape.Channels >= Simd256F32.Count)
        {
            RunVectors<Simd256F32>(x, y, batch, countIncludePad, in shape);
        }
        else if (isa >= IsaLevel.Vector128 && shape.Channels >= Simd128F32.Count)
        {
            RunVectors<Simd128F32>(x, y, batch, countIncludePad, in shape);
        }
        else if (isa > IsaLevel.Plain)
        {
            RunVectors<ScalarF32>(x, y, batch, countIncludePad, in shape);
        }
        else
        {
            Reference(x, y, batch, countIncludePad, in shape);
        }
    }

    private static void RunVectors<TVector>(ReadOnlySpan<float> x, Span<float> y, int batch, bool countIncludePad, in PoolShape shape)
        where TVector : struct, ISimdF32<TVector>
    {
        int image = shape.InputHeight * shape.InputWidth * shape.Channels;
        int to = 0;
        for (int n = 0; n < batch; n++)
        {
            ref float from = ref MemoryMarshal.GetReference(x.Slice(n * image, image));
            for (int row = 0; row < shape.OutputHeight; row++)
            {
                int top = (row * shape.StrideY) - shape.PadTop;
                PoolWindow rows = PoolWindow.Clip(top, shape.KernelHeight, shape.DilationY, shape.InputHeight);
                int countedRows = countIncludePad ? CountPadded(top, shape.KernelHeight, shape.DilationY, shape.InputHeight + shape.PadBottom) : rows.Count;
                for (int column = 0; column < shape.OutputWidth; column++)
                {
                    int left = (column * shape.StrideX) - shape.PadLeft;
                    PoolWindow columns = PoolWindow.Clip(left, shape.KernelWidth, shape.DilationX, shape.InputWidth);
                    int countedColumns = countIncludePad
                        ? CountPadded(left, shape.KernelWidth, shape.DilationX, shape.InputWidth + shape.PadRight)
                        : columns.Count;
                    Span<float> pixel = y.Slice(to, shape.Channels);
                    to += shape.Channels;
                    if (rows.Count == 0 || columns.Count == 0)
                    {
                        pixel.Clear();
                        continue;
                    }

                    ref float corner = ref Unsafe.Add(ref from, ((rows.First * shape.InputWidth) + columns.First) * shape.Channels);
                    Window<TVector>(ref corner, ref MemoryMarshal.GetReference(pixel), rows.Count, columns.Count, countedRows * countedColumns, in shape);
                }
            }
        }
    }

    /// <summary>
    /// One output pixel from the taps that <paramref name="corner"/> is the first of; all lie inside the input. The last vector of channels ends at the last channel.
    /// </summary>
    private static void Window<TVector>(ref float corner, ref float pixel, int rows, int columns, int count, in PoolShape shape)
        where TVector : struct, ISimdF32<TVector>
    {
        nuint rowStep = (nuint)(shape.DilationY * shape.InputWidth * shape.Channels);
        nuint columnStep = (nuint)(shape.DilationX * shape.Channels);
        int last = shape.Channels - TVector.Count;
        TVector divisor = TVector.Create(count);
        for (int c = 0; c < shape.Channels; c += TVector.Count)
        {
            nuint channel = (nuint)Math.Min(c, last);
            TVector total = TVector.Zero;
            for (int row = 0; row < rows; row++)
            {
                nuint at = channel + ((nuint)row * rowStep);
                for (int column = 0; column < columns; column++)
                {
                    total += TVector.LoadUnsafe(in corner, at);
                    at += columnStep;
                }
            }

            (total / divisor).StoreUnsafe(ref pixel, channel);
        }
    }

    /// <summary>Taps of the window that begins at <paramref name="start"/> that lie before the end of the padding.</summary>
    private static int CountPadded(int start, int taps, int dilation, int end) => PoolWindow.Clip(0, taps, dilation, Math.Max(0, end - start)).Count;
}
