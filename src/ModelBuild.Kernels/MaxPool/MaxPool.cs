using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX MaxPool over <c>x[batch, InputHeight, InputWidth, Channels]</c>, for floats and bytes alike. Padding never wins: only taps inside the input count, and a
/// window without any gives the type's smallest finite value. A NaN in the window gives NaN. y may not overlap x.
/// </summary>
internal static partial class MaxPool
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int batch, in PoolShape shape)
        where T : struct, INumber<T>, IMinMaxValue<T> => RunOn(Isa.Best, x, y, batch, in shape);

    /// <summary>Runs the variant of one instruction set, which must be supported: the widest vector up to its own that the channels fill.</summary>
    public static void RunOn<T>(IsaLevel isa, ReadOnlySpan<T> x, Span<T> y, int batch, in PoolShape shape)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        // Vector512<T>.Count would be a question for AVX-512, which belongs into methods of their own: HotLoop.Avx512.
        if (isa >= IsaLevel.Avx512 && shape.Channels >= 2 * Vector256<T>.Count)
        {
            RunVectors<Simd512Max<T>, T>(x, y, batch, in shape);
        }
        else if (isa >= IsaLevel.Avx2 && shape.Channels >= Vector256<T>.Count)
        {
            RunVectors<Simd256Max<T>, T>(x, y, batch, in shape);
        }
        else if (isa >= IsaLevel.Vector128 && shape.Channels >= Vector128<T>.Count)
        {
            RunVectors<Simd128Max<T>, T>(x, y, batch, in shape);
        }
        else if (isa > IsaLevel.Plain)
        {
            RunVectors<ScalarMax<T>, T>(x, y, batch, in shape);
        }
        else
        {
            Reference(x, y, batch, in shape);
        }
    }

    private static void RunVectors<TVector, T>(ReadOnlySpan<T> x, Span<T> y, int batch, in PoolShape shape)
        where TVector : struct, ISimdMax<TVector, T>
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        int image = shape.InputHeight * shape.InputWidth * shape.Channels;

        // Where the window of a pixel starts, at most, if its last column is inside.
        int lastLeft = shape.InputWidth - 1 - ((shape.KernelWidth - 1) * shape.DilationX);
        int endInside = int.Min(shape.OutputWidth, lastLeft < -shape.PadLeft ? 0 : ((lastLeft + shape.PadLeft) / shape.StrideX) + 1);
        int to = 0;
        for (int n = 0; n < batch; n++)
        {
            ref T from = ref MemoryMarshal.GetReference(x.Slice(n * image, image));
            for (int row = 0; row < shape.OutputHeight; row++)
            {
                int top = (row * shape.StrideY) - shape.PadTop;
                PoolWindow rows = PoolWindow.Clip(top, shape.KernelHeight, shape.DilationY, shape.InputHeight);
                for (int column = 0; column < shape.OutputWidth;)
                {
                    int left = (column * shape.StrideX) - shape.PadLeft;
                    PoolWindow columns = PoolWindow.Clip(left, shape.KernelWidth, shape.DilationX, shape.InputWidth);

                    // Pixels whose windows have all their columns are alike, and so are done in one go.
                    int pixels = columns.Count == shape.KernelWidth ? endInside - column : 1;
                    column += pixels;
                    Span<T> target = y.Slice(to, pixels * shape.Channels);
                    to += target.Length;
                    if (rows.Count == 0 || columns.Count == 0)
                    {
                        target.Fill(T.MinValue);
                        continue;
                    }

                    ref T corner = ref Unsafe.Add(ref from, ((rows.First * shape.InputWidth) + columns.First) * shape.Channels);
                    if (typeof(TVector) == typeof(Simd256Max<float>)
                        && TryFloatWindows(
                            ref Unsafe.As<T, float>(ref corner), ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(target)), pixels, rows.Count, columns.Count, in shape))
                    {
                        continue;
                    }

                    if (rows.Count == 2 && columns.Count == 2)
                    {
                        Windows2x2<TVector, T>(ref corner, ref MemoryMarshal.GetReference(target), pixels, in shape);
                    }
                    else
                    {
                        Windows<TVector, T>(ref corner, ref MemoryMarshal.GetReference(target), pixels, rows.Count, columns.Count, in shape);
                    }
                }
            }
        }
    }

    /// <summary>
    /// Neighbouring output pixels with windows of the same size, all inside the input, of which <paramref name="corner"/> is the first tap of the first. The last vector of
    /// channels ends at the last channel.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private static void Windows<TVector, T>(ref T corner, ref T pixel, int pixels, int rows, int columns, in PoolShape shape)
        where TVector : struct, ISimdMax<TVector, T>
    {
        nuint rowStep = (nuint)(shape.DilationY * shape.InputWidth * shape.Channels);
        nuint columnStep = (nuint)(shape.DilationX * shape.Channels);
        nuint last = (nuint)(shape.Channels - TVector.Count);
        for (int i = 0; i < pixels; i++)
        {
            for (nuint c = 0; c < (nuint)shape.Channels; c += (nuint)TVector.Count)
            {
                nuint channel = nuint.Min(c, last);
                TVector largest = TVector.LoadUnsafe(in corner, channel);
                for (int row = 0; row < rows; row++)
                {
                    nuint at = channel + ((nuint)row * rowStep);
                    for (int column = 0; column < columns; column++)
                    {
                        largest = TVector.Max(largest, TVector.LoadUnsafe(in corner, at));
                        at += columnStep;
                    }
                }

                largest.StoreUnsafe(ref pixel, channel);
            }

            corner = ref Unsafe.Add(ref corner, shape.StrideX * shape.Channels);
            pixel = ref Unsafe.Add(ref pixel, shape.Channels);
        }
    }

    /// <summary>As <see cref="Windows"/>, for the most common window: two rows of two columns.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Windows2x2<TVector, T>(ref T corner, ref T pixel, int pixels, in PoolShape shape)
        where TVector : struct, ISimdMax<TVector, T>
    {
        nuint channels = (nuint)shape.Channels;
        nuint pixelStep = (nuint)(shape.StrideX * shape.Channels);
        nuint right = (nuint)(shape.DilationX * shape.Channels);
        ref T below = ref Unsafe.Add(ref corner, shape.DilationY * shape.InputWidth * shape.Channels);
        nuint last = channels - (nuint)TVector.Count;
        for (; pixels > 0; pixels--)
        {
            for (nuint c = 0; c < channels; c += (nuint)TVector.Count)
            {
                nuint channel = nuint.Min(c, last);
                TVector upper = TVector.Max(TVector.LoadUnsafe(in corner, channel), TVector.LoadUnsafe(in corner, channel + right));
                TVector lower = TVector.Max(TVector.LoadUnsafe(in below, channel), TVector.LoadUnsafe(in below, channel + right));
                TVector.Max(upper, lower).StoreUnsafe(ref pixel, channel);
            }

            corner = ref Unsafe.Add(ref corner, pixelStep);
            below = ref Unsafe.Add(ref below, pixelStep);
            pixel = ref Unsafe.Add(ref pixel, channels);
        }
    }
}
