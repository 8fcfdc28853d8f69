using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <content>The micro-kernel of AVX2: six pixels by half a panel, with the sum of each output in two neighbouring lanes until the end.</content>
internal static partial class TileInt8
{
    /// <summary>
    /// Accumulates one tile. A sign extension brings the weights of four outputs to 16 bits, in the order in which they lie, so that <c>vpmaddwd</c> leaves inputs 0 and 1
    /// of an output in one lane and inputs 2 and 3 in the next. That is half the work on weights of <see cref="TileInt8Words256"/>, shared by six pixels and not four:
    /// what bounds these loops is the number of vector instructions, loads included.
    /// </summary>
    /// <param name="x">Start of the input, in words.</param>
    /// <param name="offsets">Where each of the six pixels starts to read.</param>
    /// <param name="weights">The first weights of the half panel.</param>
    /// <param name="bias">Its first start value.</param>
    /// <param name="shape">See <see cref="RunOn"/>.</param>
    /// <param name="sums">Receives eight sums for each pixel, a panel's outputs apart.</param>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    internal static void SplitTile(ref byte x, ref nint offsets, ref sbyte weights, ref int bias, in TileInt8Shape shape, ref int sums)
    {
        ref byte x0 = ref Unsafe.Add(ref x, offsets);
        ref byte x1 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 1));
        ref byte x2 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 2));
        ref byte x3 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 3));
        ref byte x4 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 4));
        ref byte x5 = ref Unsafe.Add(ref x, Unsafe.Add(ref offsets, 5));
        Vector256<int> low0 = default, low1 = default, low2 = default, low3 = default, low4 = default, low5 = default;
        Vector256<int> high0 = default, high1 = default, high2 = default, high3 = default, high4 = default, high5 = default;

        int inner = TileInt8Layout.PaddedInner(shape.InnerK) * sizeof(short);
        for (int tapY = 0; tapY < shape.TapsY; tapY++)
        {
            nint tap = (nint)tapY * shape.TapStrideY;
            for (int tapX = 0; tapX < shape.TapsX; tapX++, tap += shape.TapStrideX)
            {
                nint end = tap + inner;
                for (nint k = tap; k < end; k += TileInt8Layout.GroupInputs * sizeof(short))
                {
                    Vector256<short> low = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref weights));
                    Vector256<short> high = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref weights, (nuint)Vector128<sbyte>.Count));
                    weights = ref Unsafe.Add(ref weights, TileInt8Layout.StepBytes);

                    Vector256<short> inputs = FourWords(ref Unsafe.Add(ref x0, k));
                    low0 += Avx2.MultiplyAddAdjacent(inputs, low);
                    high0 += Avx2.MultiplyAddAdjacent(inputs, high);
                    inputs = FourWords(ref Unsafe.Add(ref x1, k));
                    low1 += Avx2.MultiplyAddAdjacent(inputs, low);
                    high1 += Avx2.MultiplyAddAdjacent(inputs, high);
                    inputs = FourWords(ref Unsafe.Add(ref x2, k));
                    low2 += Avx2.MultiplyAddAdjacent(inputs, low);
                    high2 += Avx2.MultiplyAddAdjacent(inputs, high);
                    inputs = FourWords(ref Unsafe.Add(ref x3, k));
                    low3 += Avx2.MultiplyAddAdjacent(inputs, low);
                    high3 += Avx2.MultiplyAddAdjacent(inputs, high);
                    inputs = FourWords(ref Unsafe.Add(ref x4, k));
                    low4 += Avx2.MultiplyAddAdjacent(inputs, low);
                    high4 += Avx2.MultiplyAddAdjacent(inputs, high);
                    inputs = FourWords(ref Unsafe.Add(ref x5, k));
                    low5 += Avx2.MultiplyAddAdjacent(inputs, low);
                    high5 += Avx2.MultiplyAddAdjacent(inputs, high);
                }
            }
        }

        TileInt8Words256.Join(low0, high0, ref bias, ref sums);
        TileInt8Words256.Join(low1, high1, ref bias, ref Unsafe.Add(ref sums, TileInt8Layout.PanelOutputs));
        TileInt8Words256.Join(low2, high2, ref bias, ref Unsafe.Add(ref sums, 2 * TileInt8Layout.PanelOutputs));
        TileInt8Words256.Join(low3, high3, ref bias, ref Unsafe.Add(ref sums, 3 * TileInt8Layout.PanelOutputs));
        TileInt8Words256.Join(low4, high4, ref bias, ref Unsafe.Add(ref sums, 4 * TileInt8Layout.PanelOutputs));
        TileInt8Words256.Join(low5, high5, ref bias, ref Unsafe.Add(ref sums, 5 * TileInt8Layout.PanelOutputs));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> FourWords(ref byte inputs) => Vector256.Create(Unsafe.ReadUnaligned<long>(ref inputs)).AsInt16();
}
