using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>Rows that lie one behind the other, several at a time: see <see cref="StripeRows"/>.</summary>
internal static partial class SoftmaxF32
{
    /// <summary>Handles the rows whose vectors reach no further than the last row, and returns the first that is left.</summary>
    private static int Rows<TVector>(ref float x, ref float y, int rows, int axis)
        where TVector : struct, ISimdF32<TVector>
    {
        // A number and the last vector of each row. In y that vector would overlap the next row, and a load waits long for two stores that it needs parts of.
        Span<float> ofRows = stackalloc float[StripeRows.MaxBlock * (Stripes.Count + 1)];
        ref float lastVectors = ref MemoryMarshal.GetReference(ofRows);
        ref float ofRow = ref Unsafe.Add(ref lastVectors, StripeRows.MaxBlock * Stripes.Count);
        int whole = StripeRows.Whole(rows, axis), block = 0;
        for (int row = 0; row < whole; row += block)
        {
            block = Math.Min(StripeRows.Block(axis), whole - row);
            ref float from = ref Unsafe.Add(ref x, row * axis);
            ref float to = ref Unsafe.Add(ref y, row * axis);
            StripeRows.Largest<TVector>(ref from, block, axis, ref ofRow);
            Powers<TVector>(ref from, ref to, ref lastVectors, block, axis, ref ofRow);
            Scale<TVector>(ref to, ref lastVectors, block, axis, ref ofRow);
        }

        return whole;
    }

    /// <summary>Writes <c>e^(x - largest)</c>, and the reciprocal of a row's sum in the place of its largest value.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Powers<TVector>(ref float x, ref float y, ref float lastVectors, int rows, int axis, ref float ofRow)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector mask = StripeRows.LastMask<TVector>(axis);
        nuint last = StripeRows.Last(axis);
        for (int r = 0; r < rows; r++)
        {
            TVector shift = TVector.Create(Unsafe.Add(ref ofRow, r)), total = TVector.Zero;
            for (nuint i = 0; ; i += Stripes.Count)
            {
                // e^-infinity, which is 0, does not change the sum.
                TVector value = TVector.LoadUnsafe(in x, i);
                value = i == last ? TVector.Select(mask, value, TVector.Create(float.NegativeInfinity)) : value;
                TVector power = MathF32.ExpWithoutOverflow(value - shift);
                total += power;
                if (i == last)
                {
                    power.StoreUnsafe(ref lastVectors, (nuint)(r * Stripes.Count));
                    break;
                }

                power.StoreUnsafe(ref y, i);
            }

            Unsafe.Add(ref ofRow, r) = 1f / TVector.Fold(total, default(AddF32));
            x = ref Unsafe.Add(ref x, axis);
            y = ref Unsafe.Add(ref y, axis);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Scale<TVector>(ref float y, ref float lastVectors, int rows, int axis, ref float ofRow)
        where TVector : struct, ISimdF32<TVector>
    {
        nuint last = StripeRows.Last(axis);
        ref float row = ref y;
        for (int r = 0; r < rows; r++)
        {
            TVector factor = TVector.Create(Unsafe.Add(ref ofRow, r));
            for (nuint i = 0; i < last; i += Stripes.Count)
            {
                (TVector.LoadUnsafe(in row, i) * factor).StoreUnsafe(ref row, i);
            }

            row = ref Unsafe.Add(ref row, axis);
        }

        TVector mask = StripeRows.LastMask<TVector>(axis);
        for (int r = 0; r < rows; r++)
        {
            TVector rest = TVector.LoadUnsafe(in lastVectors, (nuint)(r * Stripes.Count)) * TVector.Create(Unsafe.Add(ref ofRow, r));
            TVector.Select(mask, rest, TVector.LoadUnsafe(in y, last)).StoreUnsafe(ref y, last);
            y = ref Unsafe.Add(ref y, axis);
        }
    }
}
