using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// Tiles of two rows of pixels of which only the largest of each 2x2 is stored, bounded. The filter moves by one, so that but for the first and the last row of a tile's
/// input each value that is loaded serves a pixel of the upper row and, with the weights of the filter's row before, the one below: half of the loads of two tiles of
/// <see cref="NarrowRows14"/>. These tiles are one vector wide.
/// </content>
internal static partial class TileF32
{
    /// <summary>The larger of the two sums, and of two more below, within the bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishPooled<TVector>(TVector a, TVector b, TVector c, TVector d, TVector min, TVector max, ref float y, nint offset)
        where TVector : struct, ISimdF32<TVector> =>
        TVector.Max(TVector.Max(a, b), TVector.Max(c, d)).StoreBounded(ref Unsafe.AddByteOffset(ref y, offset), 0, min, max);

    /// <summary>2x14 pixels by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void PooledNarrow14<TVector>(ref float x, ref float w, ref float bias, ref float y, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        TVector a8 = a0, a9 = a0, a10 = a0, a11 = a0, a12 = a0, a13 = a0, b0 = a0;
        TVector b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0, b6 = a0, b7 = a0;
        TVector b8 = a0, b9 = a0, b10 = a0, b11 = a0, b12 = a0, b13 = a0;
        nint p = tile.PixelStride;
        ref float lower = ref w;
        nint row = 0;
        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
            ref float x6 = ref Unsafe.AddByteOffset(ref x0, 6 * p);
            ref float x9 = ref Unsafe.AddByteOffset(ref x0, 9 * p);
            ref float x12 = ref Unsafe.AddByteOffset(ref x0, 12 * p);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector u = TVector.LoadUnsafe(in w, 0);
                TVector.AddProduct(ref a0, x0, u);
                TVector.AddProduct(ref a1, At(ref x0, p), u);
                TVector.AddProduct(ref a2, At(ref x0, 2 * p), u);
                TVector.AddProduct(ref a3, x3, u);
                TVector.AddProduct(ref a4, At(ref x3, p), u);
                TVector.AddProduct(ref a5, At(ref x3, 2 * p), u);
                TVector.AddProduct(ref a6, x6, u);
                TVector.AddProduct(ref a7, At(ref x6, p), u);
                TVector.AddProduct(ref a8, At(ref x6, 2 * p), u);
                TVector.AddProduct(ref a9, x9, u);
                TVector.AddProduct(ref a10, At(ref x9, p), u);
                TVector.AddProduct(ref a11, At(ref x9, 2 * p), u);
                TVector.AddProduct(ref a12, x12, u);
                TVector.AddProduct(ref a13, At(ref x12, p), u);
                x0 = ref Unsafe.Add(ref x0, 1);
                x3 = ref Unsafe.Add(ref x3, 1);
                x6 = ref Unsafe.Add(ref x6, 1);
                x9 = ref Unsafe.Add(ref x9, 1);
                x12 = ref Unsafe.Add(ref x12, 1);
                w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
            }
        }

        for (row = 1; row < tile.FilterRows; row++)
        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
            ref float x6 = ref Unsafe.AddByteOffset(ref x0, 6 * p);
            ref float x9 = ref Unsafe.AddByteOffset(ref x0, 9 * p);
            ref float x12 = ref Unsafe.AddByteOffset(ref x0, 12 * p);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector u = TVector.LoadUnsafe(in w, 0), l = TVector.LoadUnsafe(in lower, 0), v;
                v = TVector.Create(x0);
                TVector.AddProduct(ref a0, v, u);
                TVector.AddProduct(ref b0, v, l);
                v = TVector.Create(At(ref x0, p));
                TVector.AddProduct(ref a1, v, u);
                TVector.AddProduct(ref b1, v, l);
                v = TVector.Create(At(ref x0, 2 * p));
                TVector.AddProduct(ref a2, v, u);
                TVector.AddProduct(ref b2, v, l);
                v = TVector.Create(x3);
                TVector.AddProduct(ref a3, v, u);
                TVector.AddProduct(ref b3, v, l);
                v = TVector.Create(At(ref x3, p));
                TVector.AddProduct(ref a4, v, u);
                TVector.AddProduct(ref b4, v, l);
                v = TVector.Create(At(ref x3, 2 * p));
                TVector.AddProduct(ref a5, v, u);
                TVector.AddProduct(ref b5, v, l);
                v = TVector.Create(x6);
                TVector.AddProduct(ref a6, v, u);
                TVector.AddProduct(ref b6, v, l);
                v = TVector.Create(At(ref x6, p));
                TVector.AddProduct(ref a7, v, u);
                TVector.AddProduct(ref b7, v, l);
                v = TVector.Create(At(ref x6, 2 * p));
                TVector.AddProduct(ref a8, v, u);
                TVector.AddProduct(ref b8, v, l);
                v = TVector.Create(x9);
                TVector.AddProduct(ref a9, v, u);
                TVector.AddProduct(ref b9, v, l);
                v = TVector.Create(At(ref x9, p));
                TVector.AddProduct(ref a10, v, u);
                TVector.AddProduct(ref b10, v, l);
                v = TVector.Create(At(ref x9, 2 * p));
                TVector.AddProduct(ref a11, v, u);
                TVector.AddProduct(ref b11, v, l);
                v = TVector.Create(x12);
                TVector.AddProduct(ref a12, v, u);
                TVector.AddProduct(ref b12, v, l);
                v = TVector.Create(At(ref x12, p));
                TVector.AddProduct(ref a13, v, u);
                TVector.AddProduct(ref b13, v, l);
                x0 = ref Unsafe.Add(ref x0, 1);
                x3 = ref Unsafe.Add(ref x3, 1);
                x6 = ref Unsafe.Add(ref x6, 1);
                x9 = ref Unsafe.Add(ref x9, 1);
                x12 = ref Unsafe.Add(ref x12, 1);
                w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                lower = ref Unsafe.AddByteOffset(ref lower, tile.WeightStride);
            }
        }

        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
            ref float x6 = ref Unsafe.AddByteOffset(ref x0, 6 * p);
            ref float x9 = ref Unsafe.AddByteOffset(ref x0, 9 * p);
            ref float x12 = ref Unsafe.AddByteOffset(ref x0, 12 * p);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector l = TVector.LoadUnsafe(in lower, 0);
                TVector.AddProduct(ref b0, x0, l);
                TVector.AddProduct(ref b1, At(ref x0, p), l);
                TVector.AddProduct(ref b2, At(ref x0, 2 * p), l);
                TVector.AddProduct(ref b3, x3, l);
                TVector.AddProduct(ref b4, At(ref x3, p), l);
                TVector.AddProduct(ref b5, At(ref x3, 2 * p), l);
                TVector.AddProduct(ref b6, x6, l);
                TVector.AddProduct(ref b7, At(ref x6, p), l);
                TVector.AddProduct(ref b8, At(ref x6, 2 * p), l);
                TVector.AddProduct(ref b9, x9, l);
                TVector.AddProduct(ref b10, At(ref x9, p), l);
                TVector.AddProduct(ref b11, At(ref x9, 2 * p), l);
                TVector.AddProduct(ref b12, x12, l);
                TVector.AddProduct(ref b13, At(ref x12, p), l);
                x0 = ref Unsafe.Add(ref x0, 1);
                x3 = ref Unsafe.Add(ref x3, 1);
                x6 = ref Unsafe.Add(ref x6, 1);
                x9 = ref Unsafe.Add(ref x9, 1);
                x12 = ref Unsafe.Add(ref x12, 1);
                lower = ref Unsafe.AddByteOffset(ref lower, tile.WeightStride);
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        FinishPooled(a0, a1, b0, b1, min, max, ref y, 0);
        FinishPooled(a2, a3, b2, b3, min, max, ref y, tile.OutputStride);
        FinishPooled(a4, a5, b4, b5, min, max, ref y, 2 * tile.OutputStride);
        FinishPooled(a6, a7, b6, b7, min, max, ref y, 3 * tile.OutputStride);
        FinishPooled(a8, a9, b8, b9, min, max, ref y, 4 * tile.OutputStride);
        FinishPooled(a10, a11, b10, b11, min, max, ref y, 5 * tile.OutputStride);
        FinishPooled(a12, a13, b12, b13, min, max, ref y, 6 * tile.OutputStride);
    }

    /// <summary>2x6 pixels by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void PooledNarrow6<TVector>(ref float x, ref float w, ref float bias, ref float y, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b0 = a0, b1 = a0;
        TVector b2 = a0, b3 = a0, b4 = a0, b5 = a0;
        nint p = tile.PixelStride;
        ref float lower = ref w;
        nint row = 0;
        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector u = TVector.LoadUnsafe(in w, 0);
                TVector.AddProduct(ref a0, x0, u);
                TVector.AddProduct(ref a1, At(ref x0, p), u);
                TVector.AddProduct(ref a2, At(ref x0, 2 * p), u);
                TVector.AddProduct(ref a3, x3, u);
                TVector.AddProduct(ref a4, At(ref x3, p), u);
                TVector.AddProduct(ref a5, At(ref x3, 2 * p), u);
                x0 = ref Unsafe.Add(ref x0, 1);
                x3 = ref Unsafe.Add(ref x3, 1);
                w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
            }
        }

        for (row = 1; row < tile.FilterRows; row++)
        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector u = TVector.LoadUnsafe(in w, 0), l = TVector.LoadUnsafe(in lower, 0), v;
                v = TVector.Create(x0);
                TVector.AddProduct(ref a0, v, u);
                TVector.AddProduct(ref b0, v, l);
                v = TVector.Create(At(ref x0, p));
                TVector.AddProduct(ref a1, v, u);
                TVector.AddProduct(ref b1, v, l);
                v = TVector.Create(At(ref x0, 2 * p));
                TVector.AddProduct(ref a2, v, u);
                TVector.AddProduct(ref b2, v, l);
                v = TVector.Create(x3);
                TVector.AddProduct(ref a3, v, u);
                TVector.AddProduct(ref b3, v, l);
                v = TVector.Create(At(ref x3, p));
                TVector.AddProduct(ref a4, v, u);
                TVector.AddProduct(ref b4, v, l);
                v = TVector.Create(At(ref x3, 2 * p));
                TVector.AddProduct(ref a5, v, u);
                TVector.AddProduct(ref b5, v, l);
                x0 = ref Unsafe.Add(ref x0, 1);
                x3 = ref Unsafe.Add(ref x3, 1);
                w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                lower = ref Unsafe.AddByteOffset(ref lower, tile.WeightStride);
            }
        }

        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector l = TVector.LoadUnsafe(in lower, 0);
                TVector.AddProduct(ref b0, x0, l);
                TVector.AddProduct(ref b1, At(ref x0, p), l);
                TVector.AddProduct(ref b2, At(ref x0, 2 * p), l);
                TVector.AddProduct(ref b3, x3, l);
                TVector.AddProduct(ref b4, At(ref x3, p), l);
                TVector.AddProduct(ref b5, At(ref x3, 2 * p), l);
                x0 = ref Unsafe.Add(ref x0, 1);
                x3 = ref Unsafe.Add(ref x3, 1);
                lower = ref Unsafe.AddByteOffset(ref lower, tile.WeightStride);
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        FinishPooled(a0, a1, b0, b1, min, max, ref y, 0);
        FinishPooled(a2, a3, b2, b3, min, max, ref y, tile.OutputStride);
        FinishPooled(a4, a5, b4, b5, min, max, ref y, 2 * tile.OutputStride);
    }

    /// <summary>2x2 pixels by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void PooledNarrow2<TVector>(ref float x, ref float w, ref float bias, ref float y, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        TVector a1 = a0, b0 = a0, b1 = a0;
        nint p = tile.PixelStride;
        ref float lower = ref w;
        nint row = 0;
        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector u = TVector.LoadUnsafe(in w, 0);
                TVector.AddProduct(ref a0, x0, u);
                TVector.AddProduct(ref a1, At(ref x0, p), u);
                x0 = ref Unsafe.Add(ref x0, 1);
                w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
            }
        }

        for (row = 1; row < tile.FilterRows; row++)
        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector u = TVector.LoadUnsafe(in w, 0), l = TVector.LoadUnsafe(in lower, 0), v;
                v = TVector.Create(x0);
                TVector.AddProduct(ref a0, v, u);
                TVector.AddProduct(ref b0, v, l);
                v = TVector.Create(At(ref x0, p));
                TVector.AddProduct(ref a1, v, u);
                TVector.AddProduct(ref b1, v, l);
                x0 = ref Unsafe.Add(ref x0, 1);
                w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                lower = ref Unsafe.AddByteOffset(ref lower, tile.WeightStride);
            }
        }

        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector l = TVector.LoadUnsafe(in lower, 0);
                TVector.AddProduct(ref b0, x0, l);
                TVector.AddProduct(ref b1, At(ref x0, p), l);
                x0 = ref Unsafe.Add(ref x0, 1);
                lower = ref Unsafe.AddByteOffset(ref lower, tile.WeightStride);
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        FinishPooled(a0, a1, b0, b1, min, max, ref y, 0);
    }
}
