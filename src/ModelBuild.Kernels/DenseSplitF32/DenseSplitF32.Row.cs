using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>One row: groups of two vectors of outputs (one for a narrow panel under AVX-512), with all four chains of each in registers.</content>
internal static partial class DenseSplitF32
{
    private static void Row<TVector>(ref float x, ref float w, ref float bias, ref float y, in PanelsF32 panels, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        for (int column = 0, lanes; column < panels.Columns; column += lanes)
        {
            lanes = Math.Min(2 * TVector.Count, panels.RowStride(column));
            ref float groupBias = ref Unsafe.Add(ref bias, column);
            ref float groupY = ref Unsafe.Add(ref y, column);
            if (column + lanes <= panels.Columns)
            {
                Group<TVector>(ref x, ref w, ref groupBias, ref groupY, panels, column, min, max);
            }
            else
            {
                Edge<TVector>(ref x, ref w, ref groupBias, ref groupY, panels, column, min, max);
            }
        }
    }

    /// <summary>A group that reaches beyond the last output: its sums go to a scratch buffer first.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Edge<TVector>(ref float x, ref float w, ref float bias, ref float y, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> scratch = stackalloc float[PanelsF32.Width];
        ref float sums = ref MemoryMarshal.GetReference(scratch);
        Group<TVector>(ref x, ref w, ref bias, ref sums, panels, column, float.NegativeInfinity, float.PositiveInfinity);
        TileF32.FinishEdge(ref sums, ref y, ref Unsafe.NullRef<float>(), panels.Columns - column, min, max);
    }

    private static void Group<TVector>(ref float x, ref float w, ref float bias, ref float y, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        if (panels.RowStride(column) == TVector.Count)
        {
            One<TVector>(ref x, ref w, ref bias, ref y, panels, column, min, max);
        }
        else
        {
            Two<TVector>(ref x, ref w, ref bias, ref y, panels, column, min, max);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void One<TVector>(ref float x, ref float w, ref float bias, ref float y, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float w0 = ref Unsafe.Add(ref w, panels.Offset(column));
        nint depth = panels.Depth, offset = 0, stride = TVector.Count, k = 0;
        TVector a = TVector.LoadUnsafe(in bias, 0), b = TVector.Zero, c = TVector.Zero, d = TVector.Zero;
        for (; k + Chains <= depth; k += Chains, offset += Chains * stride)
        {
            a = Product(ref x, k, ref w0, offset, a);
            b = Product(ref x, k + 1, ref w0, offset + stride, b);
            c = Product(ref x, k + 2, ref w0, offset + (2 * stride), c);
            d = Product(ref x, k + 3, ref w0, offset + (3 * stride), d);
        }

        if (k < depth)
        {
            a = Product(ref x, k, ref w0, offset, a);
        }

        if (k + 1 < depth)
        {
            b = Product(ref x, k + 1, ref w0, offset + stride, b);
        }

        if (k + 2 < depth)
        {
            c = Product(ref x, k + 2, ref w0, offset + (2 * stride), c);
        }

        TileF32.Finish((a + c) + (b + d), TVector.Create(min), TVector.Create(max), ref y, ref Unsafe.NullRef<float>(), 0);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Two<TVector>(ref float x, ref float w, ref float bias, ref float y, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float left = ref Unsafe.Add(ref w, panels.Offset(column));
        ref float right = ref Unsafe.Add(ref left, TVector.Count);
        nint depth = panels.Depth, offset = 0, stride = panels.RowStride(column), k = 0;
        TVector a0 = TVector.LoadUnsafe(in bias, 0), b0 = TVector.Zero, c0 = TVector.Zero, d0 = TVector.Zero;
        TVector a1 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count), b1 = TVector.Zero, c1 = TVector.Zero, d1 = TVector.Zero;
        for (; k + Chains <= depth; k += Chains, offset += Chains * stride)
        {
            a0 = Product(ref x, k, ref left, offset, a0);
            a1 = Product(ref x, k, ref right, offset, a1);
            b0 = Product(ref x, k + 1, ref left, offset + stride, b0);
            b1 = Product(ref x, k + 1, ref right, offset + stride, b1);
            c0 = Product(ref x, k + 2, ref left, offset + (2 * stride), c0);
            c1 = Product(ref x, k + 2, ref right, offset + (2 * stride), c1);
            d0 = Product(ref x, k + 3, ref left, offset + (3 * stride), d0);
            d1 = Product(ref x, k + 3, ref right, offset + (3 * stride), d1);
        }

        if (k < depth)
        {
            a0 = Product(ref x, k, ref left, offset, a0);
            a1 = Product(ref x, k, ref right, offset, a1);
        }

        if (k + 1 < depth)
        {
            b0 = Product(ref x, k + 1, ref left, offset + stride, b0);
            b1 = Product(ref x, k + 1, ref right, offset + stride, b1);
        }

        if (k + 2 < depth)
        {
            c0 = Product(ref x, k + 2, ref left, offset + (2 * stride), c0);
            c1 = Product(ref x, k + 2, ref right, offset + (2 * stride), c1);
        }

        TileF32.Finish((a0 + c0) + (b0 + d0), (a1 + c1) + (b1 + d1), TVector.Create(min), TVector.Create(max), ref y, ref Unsafe.NullRef<float>(), 0);
    }

    /// <summary><c>sum + x[k] * w[offset...]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Product<TVector>(ref float x, nint k, ref float w, nint offset, TVector sum)
        where TVector : struct, ISimdF32<TVector> =>
        TVector.FusedMultiplyAdd(TVector.Create(Unsafe.Add(ref x, k)), TVector.LoadUnsafe(in w, (nuint)offset), sum);
}
