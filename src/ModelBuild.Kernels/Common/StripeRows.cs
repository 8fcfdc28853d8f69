using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// Rows of one length that lie one behind the other, read in vectors of <see cref="Stripes.Count"/> lanes. The last vector of a row may reach into the rows behind it, where a
/// mask leaves out what it finds and writes it back unchanged: a few instructions, where <see cref="Partial"/> copies float by float. Many rows take each step before any takes
/// the next, so that the processor need not wait for the end of one row before it starts another.
/// </summary>
internal static class StripeRows
{
    /// <summary>The most rows that take a step together.</summary>
    public const int MaxBlock = 64;

    // Floats that stay in the first-level cache from one step to the next.
    private const int BlockFloats = 4096;

    private static ReadOnlySpan<int> Masks =>
    [
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>How many of the rows have all their vectors within the memory of all: the others, at the end, are left to <see cref="Partial"/>.</summary>
    public static int Whole(int rows, int length)
    {
        // The floats from a row's start to the end of its last vector.
        int reach = (length + Stripes.Count - 1) & -Stripes.Count;
        long last = ((long)rows * length) - reach;
        return length > 0 && last >= 0 ? (int)(last / length) + 1 : 0;
    }

    /// <summary>Rows that take a step together.</summary>
    public static int Block(int length) => Math.Clamp(BlockFloats / length, 1, MaxBlock);

    /// <summary>Where a row's last vector starts.</summary>
    public static nuint Last(int length) => (nuint)((length - 1) & -Stripes.Count);

    /// <summary>The mask of the lanes of a row's last vector that belong to the row; all of them for a multiple of <see cref="Stripes.Count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LastMask<TVector>(int length)
        where TVector : struct, ISimdF32<TVector>
    {
        // 1 to 16 lanes: the window on 16 set and 16 clear ones starts at 15 to 0.
        int lanes = ((length - 1) & (Stripes.Count - 1)) + 1;
        return TVector.LoadUnsafe(in Unsafe.As<int, float>(ref MemoryMarshal.GetReference(Masks)), (nuint)(Stripes.Count - lanes));
    }

    /// <summary>
    /// The largest value of each of the rows. NaN is ignored, and either zero may stand for both: for the arguments of an exponential, whose
    /// sum finds a NaN anyway.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    public static void Largest<TVector>(ref float x, int rows, int length, ref float largest)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector mask = LastMask<TVector>(length), nothing = TVector.Create(float.NegativeInfinity);
        nuint last = Last(length);
        for (int r = 0; r < rows; r++)
        {
            TVector most = TVector.Select(mask, TVector.LoadUnsafe(in x, last), nothing);
            most = TVector.AtLeast(nothing, most);
            for (nuint i = 0; i < last; i += Stripes.Count)
            {
                most = TVector.AtLeast(most, TVector.LoadUnsafe(in x, i));
            }

            Unsafe.Add(ref largest, r) = TVector.Fold(most, default(LargestF32));
            x = ref Unsafe.Add(ref x, length);
        }
    }
}
