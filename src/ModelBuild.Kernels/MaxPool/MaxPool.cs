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
        if (isa >= IsaLevel.Avx512 && shape.Channels >= Vector512<T>.Count)
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
        int to = 0;
        for (int n = 0; n < batch; n++)
        {
            ref T from = ref MemoryMarshal.GetReference(x.Slice(n * image, image));
            for (int row = 0; row < shape.OutputHeight; row++)
            {
                int top = (row * shape.StrideY) - shape.PadTop;
                PoolWindow rows = PoolWindow.Clip(top, shape.KernelHeight, shape.DilationY, shape.InputHeight);
                for (int column = 0; column < shape.OutputWidth; column++)
                {
                    int left = (column * shape.StrideX) - shape.PadLeft;
                    PoolWindow columns = PoolWindow.Clip(left, shape.KernelWidth, shape.DilationX, shape.InputWidth);
                    Span<T> pixel = y.Slice(to, shape.Channels);
                    to += shape.Channels;
                    if (rows.Count == 0 || columns.Count == 0)
                    {
                        pixel.Fill(T.MinValue);
                        continue;
                    }

                    ref T corner = ref Unsafe.Add(ref from, ((rows.First * shape.InputWidth) + columns.First) * shape.Channels);
                    Window<TVector, T>(ref corner, ref MemoryMarshal.GetReference(pixel), rows.Count, columns.Count, in shape);
                }
            }
        }
    }

    /// <summary>
    /// One output pixel from the taps that <paramref name="corner"/> is the first of; all lie inside the input. The last vector of channels ends at the last channel.
    /// </summary>
    private static void Window<TVector, T>(ref T corner, ref T pixel, int rows, int columns, in PoolShape shape)
        where TVector : struct, ISimdMax<TVector, T>
    {
        nuint rowStep = (nuint)(shape.DilationY * shape.InputWidth * shape.Channels);
        nuint columnStep = (nuint)(shape.DilationX * shape.Channels);
        int last = shape.Channels - TVector.Count;
        for (int c = 0; c < shape.Channels; c += TVector.Count)
        {
            nuint channel = (nuint)Math.Min(c, last);
            TVector largest = TVector.LoadUnsafe(in corner, channel);
            if (rows == 2 && columns == 2)
            {
                largest = TVector.Max(largest, TVector.LoadUnsafe(in corner, channel + columnStep));
                TVector below = TVector.LoadUnsafe(in corner, channel + rowStep);
                below = TVector.Max(below, TVector.LoadUnsafe(in corner, channel + rowStep + columnStep));
                TVector.Max(largest, below).StoreUnsafe(ref pixel, channel);
                continue;
            }

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
    }
}
