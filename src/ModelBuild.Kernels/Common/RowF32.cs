using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// One input row times a packed weight matrix (<see cref="PanelsF32"/>). A sum waits four cycles for the one before it, so that several groups of two vectors
/// run side by side: four of them hide the wait, and read the weights as fast as the cache gives them. The sums are those of <see cref="TileF32"/>.
/// </summary>
internal static class RowF32
{
    /// <summary>The most groups that run side by side.</summary>
    private const int MaxGroups = 4;

    /// <summary>
    /// <c>y[n] = clamp(bias[n] + sum over k of x[k] * w[k, n] (+ residual[n]))</c>. <paramref name="residual"/> may be a null reference; the caller guarantees
    /// the lengths: Depth of x, Columns of y and residual, whole panels of weights and bias.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        IsaLevel isa, ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, float min, float max)
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                Run<Simd512F32>(ref x, ref w, ref bias, ref y, ref residual, panels, min, max);
                break;
            case IsaLevel.AvxVnni or IsaLevel.Avx2:
                Run<Simd256F32>(ref x, ref w, ref bias, ref y, ref residual, panels, min, max);
                break;
            default:
                Run<Simd128F32>(ref x, ref w, ref bias, ref y, ref residual, panels, min, max);
                break;
        }
    }

    private static void Run<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        int wideColumns = panels.PaddedColumns & -PanelsF32.Width;
        for (int column = 0, columns; column < panels.Columns; column += columns)
        {
            int stride = panels.RowStride(column);
            int left = (column < wideColumns ? Math.Min(wideColumns, panels.Columns) : panels.Columns) - column;
            int lanes = Math.Min(2 * TVector.Count, stride);
            int groups = Math.Min(MaxGroups, (left + lanes - 1) / lanes);
            columns = groups * lanes;
            ref float groupBias = ref Unsafe.Add(ref bias, column);
            ref float groupY = ref Unsafe.Add(ref y, column);
            ref float groupResidual = ref TileF32.OffsetUnlessNull(ref residual, (nint)column * sizeof(float));
            if (columns <= left)
            {
                Groups<TVector>(groups, ref x, ref w, ref groupBias, ref groupY, ref groupResidual, panels, column, min, max);
            }
            else
            {
                Edge<TVector>(groups, ref x, ref w, ref groupBias, ref groupY, ref groupResidual, panels, column, left, min, max);
            }
        }
    }

    /// <summary>Groups of which the last reaches beyond the last column: the sums go to a scratch buffer first.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Edge<TVector>(
        int groups, ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, int column, int validColumns, float min,
        float max)
        where TVector : struct, ISimdF32<TVector>
    {
        Span<float> scratch = stackalloc float[MaxGroups * PanelsF32.Width];
        ref float sums = ref MemoryMarshal.GetReference(scratch);
        Groups<TVector>(
            groups, ref x, ref w, ref bias, ref sums, ref Unsafe.NullRef<float>(), panels, column, float.NegativeInfinity, float.PositiveInfinity);
        TileF32.FinishEdge(ref sums, ref y, ref residual, validColumns, min, max);
    }

    private static void Groups<TVector>(
        int groups, ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        if (panels.RowStride(column) == TVector.Count)
        {
            Narrow<TVector>(ref x, ref w, ref bias, ref y, ref residual, panels, column, min, max);
            return;
        }

        switch (groups)
        {
            case 1: One<TVector>(ref x, ref w, ref bias, ref y, ref residual, panels, column, min, max); break;
            case 2: Two<TVector>(ref x, ref w, ref bias, ref y, ref residual, panels, column, min, max); break;
            case 3: Three<TVector>(ref x, ref w, ref bias, ref y, ref residual, panels, column, min, max); break;
            default: Four<TVector>(ref x, ref w, ref bias, ref y, ref residual, panels, column, min, max); break;
        }
    }

    /// <summary>A panel of 16 columns under AVX-512: one vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Narrow<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        ref float w0 = ref Unsafe.Add(ref w, panels.Offset(column));
        TVector sum = TVector.LoadUnsafe(in bias, 0);
        nint depth = panels.Depth;
        for (nint k = 0; k < depth; k++)
        {
            TVector.AddProduct(ref sum, Unsafe.Add(ref x, k), TVector.LoadUnsafe(in w0, (nuint)(k * TVector.Count)));
        }

        TileF32.Finish(sum, TVector.Create(min), TVector.Create(max), ref y, ref residual, 0);
    }

    [MethodImpl(HotLoop.Options)]
    private static void One<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        int lanes = 2 * TVector.Count;
        ref float w0 = ref Unsafe.Add(ref w, panels.Offset(column));
        TVector l0 = TVector.LoadUnsafe(in bias, (nuint)(0 * TVector.Count)), r0 = TVector.LoadUnsafe(in bias, (nuint)(1 * TVector.Count));
        nuint stride = (nuint)panels.RowStride(column), offset = 0;
        nint depth = panels.Depth;
        for (nint k = 0; k < depth; k++, offset += stride)
        {
            TVector v = TVector.Create(Unsafe.Add(ref x, k));
            TVector.AddProduct(ref l0, v, TVector.LoadUnsafe(in w0, offset));
            TVector.AddProduct(ref r0, v, TVector.LoadUnsafe(in w0, offset + (nuint)TVector.Count));
        }

        TVector low = TVector.Create(min), high = TVector.Create(max);
        nint step = lanes * sizeof(float);
        TileF32.Finish(l0, r0, low, high, ref y, ref residual, 0);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Two<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        int lanes = 2 * TVector.Count;
        ref float w0 = ref Unsafe.Add(ref w, panels.Offset(column));
        ref float w1 = ref Unsafe.Add(ref w, panels.Offset(column + lanes));
        TVector l0 = TVector.LoadUnsafe(in bias, (nuint)(0 * TVector.Count)), r0 = TVector.LoadUnsafe(in bias, (nuint)(1 * TVector.Count));
        TVector l1 = TVector.LoadUnsafe(in bias, (nuint)(2 * TVector.Count)), r1 = TVector.LoadUnsafe(in bias, (nuint)(3 * TVector.Count));
        nuint stride = (nuint)panels.RowStride(column), offset = 0;
        nint depth = panels.Depth;
        for (nint k = 0; k < depth; k++, offset += stride)
        {
            TVector v = TVector.Create(Unsafe.Add(ref x, k));
            TVector.AddProduct(ref l0, v, TVector.LoadUnsafe(in w0, offset));
            TVector.AddProduct(ref r0, v, TVector.LoadUnsafe(in w0, offset + (nuint)TVector.Count));
            TVector.AddProduct(ref l1, v, TVector.LoadUnsafe(in w1, offset));
            TVector.AddProduct(ref r1, v, TVector.LoadUnsafe(in w1, offset + (nuint)TVector.Count));
        }

        TVector low = TVector.Create(min), high = TVector.Create(max);
        nint step = lanes * sizeof(float);
        TileF32.Finish(l0, r0, low, high, ref y, ref residual, 0);
        TileF32.Finish(l1, r1, low, high, ref y, ref residual, step);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Three<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        int lanes = 2 * TVector.Count;
        ref float w0 = ref Unsafe.Add(ref w, panels.Offset(column));
        ref float w1 = ref Unsafe.Add(ref w, panels.Offset(column + lanes));
        ref float w2 = ref Unsafe.Add(ref w, panels.Offset(column + (2 * lanes)));
        TVector l0 = TVector.LoadUnsafe(in bias, (nuint)(0 * TVector.Count)), r0 = TVector.LoadUnsafe(in bias, (nuint)(1 * TVector.Count));
        TVector l1 = TVector.LoadUnsafe(in bias, (nuint)(2 * TVector.Count)), r1 = TVector.LoadUnsafe(in bias, (nuint)(3 * TVector.Count));
        TVector l2 = TVector.LoadUnsafe(in bias, (nuint)(4 * TVector.Count)), r2 = TVector.LoadUnsafe(in bias, (nuint)(5 * TVector.Count));
        nuint stride = (nuint)panels.RowStride(column), offset = 0;
        nint depth = panels.Depth;
        for (nint k = 0; k < depth; k++, offset += stride)
        {
            TVector v = TVector.Create(Unsafe.Add(ref x, k));
            TVector.AddProduct(ref l0, v, TVector.LoadUnsafe(in w0, offset));
            TVector.AddProduct(ref r0, v, TVector.LoadUnsafe(in w0, offset + (nuint)TVector.Count));
            TVector.AddProduct(ref l1, v, TVector.LoadUnsafe(in w1, offset));
            TVector.AddProduct(ref r1, v, TVector.LoadUnsafe(in w1, offset + (nuint)TVector.Count));
            TVector.AddProduct(ref l2, v, TVector.LoadUnsafe(in w2, offset));
            TVector.AddProduct(ref r2, v, TVector.LoadUnsafe(in w2, offset + (nuint)TVector.Count));
        }

        TVector low = TVector.Create(min), high = TVector.Create(max);
        nint step = lanes * sizeof(float);
        TileF32.Finish(l0, r0, low, high, ref y, ref residual, 0);
        TileF32.Finish(l1, r1, low, high, ref y, ref residual, step);
        TileF32.Finish(l2, r2, low, high, ref y, ref residual, 2 * step);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Four<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in PanelsF32 panels, int column, float min, float max)
        where TVector : struct, ISimdF32<TVector>
    {
        int lanes = 2 * TVector.Count;
        ref float w0 = ref Unsafe.Add(ref w, panels.Offset(column));
        ref float w1 = ref Unsafe.Add(ref w, panels.Offset(column + lanes));
        ref float w2 = ref Unsafe.Add(ref w, panels.Offset(column + (2 * lanes)));
        ref float w3 = ref Unsafe.Add(ref w, panels.Offset(column + (3 * lanes)));
        TVector l0 = TVector.LoadUnsafe(in bias, (nuint)(0 * TVector.Count)), r0 = TVector.LoadUnsafe(in bias, (nuint)(1 * TVector.Count));
        TVector l1 = TVector.LoadUnsafe(in bias, (nuint)(2 * TVector.Count)), r1 = TVector.LoadUnsafe(in bias, (nuint)(3 * TVector.Count));
        TVector l2 = TVector.LoadUnsafe(in bias, (nuint)(4 * TVector.Count)), r2 = TVector.LoadUnsafe(in bias, (nuint)(5 * TVector.Count));
        TVector l3 = TVector.LoadUnsafe(in bias, (nuint)(6 * TVector.Count)), r3 = TVector.LoadUnsafe(in bias, (nuint)(7 * TVector.Count));
        nuint stride = (nuint)panels.RowStride(column), offset = 0;
        nint depth = panels.Depth;
        for (nint k = 0; k < depth; k++, offset += stride)
        {
            TVector v = TVector.Create(Unsafe.Add(ref x, k));
            TVector.AddProduct(ref l0, v, TVector.LoadUnsafe(in w0, offset));
            TVector.AddProduct(ref r0, v, TVector.LoadUnsafe(in w0, offset + (nuint)TVector.Count));
            TVector.AddProduct(ref l1, v, TVector.LoadUnsafe(in w1, offset));
            TVector.AddProduct(ref r1, v, TVector.LoadUnsafe(in w1, offset + (nuint)TVector.Count));
            TVector.AddProduct(ref l2, v, TVector.LoadUnsafe(in w2, offset));
            TVector.AddProduct(ref r2, v, TVector.LoadUnsafe(in w2, offset + (nuint)TVector.Count));
            TVector.AddProduct(ref l3, v, TVector.LoadUnsafe(in w3, offset));
            TVector.AddProduct(ref r3, v, TVector.LoadUnsafe(in w3, offset + (nuint)TVector.Count));
        }

        TVector low = TVector.Create(min), high = TVector.Create(max);
        nint step = lanes * sizeof(float);
        TileF32.Finish(l0, r0, low, high, ref y, ref residual, 0);
        TileF32.Finish(l1, r1, low, high, ref y, ref residual, step);
        TileF32.Finish(l2, r2, low, high, ref y, ref residual, 2 * step);
        TileF32.Finish(l3, r3, low, high, ref y, ref residual, 3 * step);
    }
}
