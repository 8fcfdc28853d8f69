using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Rows that are shorter than a vector: 16 of them at once, each in a lane of its own. An element is a stripe, and the tree that joins stripes joins elements, so the
/// bits are those of <see cref="Reference"/>.
/// </summary>
internal static partial class SoftmaxF32
{
    /// <summary>The longest row that becomes a column.</summary>
    private const int MaxColumn = Stripes.Count - 1;

    /// <summary>Handles whole groups of 16 rows, and returns the first row that is left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static int Columns<TVector>(ref float x, ref float y, int rows, int axis)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> columns = stackalloc float[2 * Stripes.Count * Stripes.Count];
        ref float column = ref MemoryMarshal.GetReference(columns);
        int row = 0;
        for (; row <= rows - Stripes.Count; row += Stripes.Count)
        {
            ref float from = ref Unsafe.Add(ref x, row * axis);
            for (int r = 0; r < Stripes.Count; r++)
            {
                for (int a = 0; a < axis; a++)
                {
                    Unsafe.Add(ref column, (a * Stripes.Count) + r) = Unsafe.Add(ref from, (r * axis) + a);
                }
            }

            Normalize<TVector>(ref column, ref Unsafe.Add(ref column, Stripes.Count * Stripes.Count), axis);
            ref float to = ref Unsafe.Add(ref y, row * axis);
            for (int r = 0; r < Stripes.Count; r++)
            {
                for (int a = 0; a < axis; a++)
                {
                    Unsafe.Add(ref to, (r * axis) + a) = Unsafe.Add(ref column, (a * Stripes.Count) + r);
                }
            }
        }

        return row;
    }

    // Columns of 16 values, and as much room for sums. The JIT inlines so many calls into one method and no more.
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Normalize<TVector>(ref float columns, ref float sums, int axis)
        where TVector : struct, ISimdF32<TVector>
    {
        // A NaN that is ignored here makes the sum NaN.
        TVector largest = TVector.Create(float.NegativeInfinity);
        for (int a = 0; a < axis; a++)
        {
            largest = TVector.AtLeast(largest, TVector.LoadUnsafe(in columns, (nuint)(a * Stripes.Count)));
        }

        for (int a = 0; a < axis; a++)
        {
            nuint at = (nuint)(a * Stripes.Count);
            TVector power = MathF32.ExpWithoutOverflow(TVector.LoadUnsafe(in columns, at) - largest);
            power.StoreUnsafe(ref columns, at);
            power.StoreUnsafe(ref sums, at);
        }

        for (int half = Stripes.Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i + half < Math.Min(axis, 2 * half); i++)
            {
                TVector sum = TVector.LoadUnsafe(in sums, (nuint)(i * Stripes.Count)) + TVector.LoadUnsafe(in sums, (nuint)((i + half) * Stripes.Count));
                sum.StoreUnsafe(ref sums, (nuint)(i * Stripes.Count));
            }
        }

        TVector factor = TVector.Create(1f) / TVector.LoadUnsafe(in sums, 0);
        for (int a = 0; a < axis; a++)
        {
            nuint at = (nuint)(a * Stripes.Count);
            (TVector.LoadUnsafe(in columns, at) * factor).StoreUnsafe(ref columns, at);
        }
    }
}
