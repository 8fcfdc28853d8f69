using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Rows that lie one behind the other, several at a time: see <see cref="StripeRows"/>.</summary>
internal static partial class LogSoftmaxF32
{
    /// <summary>Handles the rows whose vectors reach no further than the last row, and returns the first that is left.</summary>
    private static int Rows<TVector>(ref float x, ref float y, int rows, int axis)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> ofRows = stackalloc float[2 * StripeRows.MaxBlock];
        ofRows.Fill(1f);
        ref float largest = ref MemoryMarshal.GetReference(ofRows);
        ref float logarithms = ref Unsafe.Add(ref largest, StripeRows.MaxBlock);
        int whole = StripeRows.Whole(rows, axis), block = 0;
        for (int row = 0; row < whole; row += block)
        {
            block = Math.Min(StripeRows.Block(axis), whole - row);
            ref float from = ref Unsafe.Add(ref x, row * axis);
            StripeRows.Largest<TVector>(ref from, block, axis, ref largest);
            SumOfPowers<TVector>(ref from, block, axis, ref largest, ref logarithms);
            for (int r = 0; r < block; r += TVector.Count)
            {
                TakeLogarithm<TVector>(ref Unsafe.Add(ref logarithms, r));
            }

            Subtract<TVector>(ref from, ref Unsafe.Add(ref y, row * axis), block, axis, ref largest, ref logarithms);
        }

        return whole;
    }

    /// <summary>The sum of <c>e^(x - largest)</c> of each row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void SumOfPowers<TVector>(ref float x, int rows, int axis, ref float largest, ref float sums)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector mask = StripeRows.LastMask<TVector>(axis);
        nuint last = StripeRows.Last(axis);
        for (int r = 0; r < rows; r++)
        {
            TVector shift = TVector.Create(Unsafe.Add(ref largest, r)), total = TVector.Zero;
            for (nuint i = 0; i <= last; i += Stripes.Count)
            {
                // e^-infinity, which is 0, does not change the sum.
                TVector value = TVector.LoadUnsafe(in x, i);
                value = i == last ? TVector.Select(mask, value, TVector.Create(float.NegativeInfinity)) : value;
                total += MathF32.ExpWithoutOverflow(value - shift);
            }

            Unsafe.Add(ref sums, r) = TVector.Fold(total, default(AddF32));
            x = ref Unsafe.Add(ref x, axis);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Subtract<TVector>(ref float x, ref float y, int rows, int axis, ref float largest, ref float logarithms)
        where TVector : struct, ISimdF32<TVector>
    {
        nuint last = StripeRows.Last(axis);
        for (int r = 0; r < rows; r++)
        {
            TVector first = TVector.Create(Unsafe.Add(ref largest, r)), second = TVector.Create(Unsafe.Add(ref logarithms, r));
            nuint row = (nuint)(r * axis);
            for (nuint i = row; i < row + last; i += Stripes.Count)
            {
                (TVector.LoadUnsafe(in x, i) - first - second).StoreUnsafe(ref y, i);
            }
        }

        // The last vectors afterwards: a load that needs parts of two recent stores waits long, and these overlap the next row.
        TVector mask = StripeRows.LastMask<TVector>(axis);
        for (int r = 0; r < rows; r++)
        {
            nuint at = (nuint)(r * axis) + last;
            TVector rest = TVector.LoadUnsafe(in x, at) - TVector.Create(Unsafe.Add(ref largest, r)) - TVector.Create(Unsafe.Add(ref logarithms, r));
            TVector.Select(mask, rest, TVector.LoadUnsafe(in y, at)).StoreUnsafe(ref y, at);
        }
    }
}
