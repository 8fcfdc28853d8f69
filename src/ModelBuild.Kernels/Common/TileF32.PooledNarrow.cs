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
                a0 = TVector.FusedMultiplyAdd(TVector.Create(x0), u, a0);
                a1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), u, a1);
                a2 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, 2 * p)), u, a2);
                a3 = TVector.FusedMultiplyAdd(TVector.Create(x3), u, a3);
                a4 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, p)), u, a4);
                a5 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, 2 * p)), u, a5);
                a6 = TVector.FusedMultiplyAdd(TVector.Create(x6), u, a6);
                a7 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x6, p)), u, a7);
                a8 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x6, 2 * p)), u, a8);
                a9 = TVector.FusedMultiplyAdd(TVector.Create(x9), u, a9);
                a10 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x9, p)), u, a10);
                a11 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x9, 2 * p)), u, a11);
                a12 = TVector.FusedMultiplyAdd(TVector.Create(x12), u, a12);
                a13 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x12, p)), u, a13);
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
                a0 = TVector.FusedMultiplyAdd(v, u, a0);
                b0 = TVector.FusedMultiplyAdd(v, l, b0);
                v = TVector.Create(At(ref x0, p));
                a1 = TVector.FusedMultiplyAdd(v, u, a1);
                b1 = TVector.FusedMultiplyAdd(v, l, b1);
                v = TVector.Create(At(ref x0, 2 * p));
                a2 = TVector.FusedMultiplyAdd(v, u, a2);
                b2 = TVector.FusedMultiplyAdd(v, l, b2);
                v = TVector.Create(x3);
                a3 = TVector.FusedMultiplyAdd(v, u, a3);
                b3 = TVector.FusedMultiplyAdd(v, l, b3);
                v = TVector.Create(At(ref x3, p));
                a4 = TVector.FusedMultiplyAdd(v, u, a4);
                b4 = TVector.FusedMultiplyAdd(v, l, b4);
                v = TVector.Create(At(ref x3, 2 * p));
                a5 = TVector.FusedMultiplyAdd(v, u, a5);
                b5 = TVector.FusedMultiplyAdd(v, l, b5);
                v = TVector.Create(x6);
                a6 = TVector.FusedMultiplyAdd(v, u, a6);
                b6 = TVector.FusedMultiplyAdd(v, l, b6);
                v = TVector.Create(At(ref x6, p));
                a7 = TVector.FusedMultiplyAdd(v, u, a7);
                b7 = TVector.FusedMultiplyAdd(v, l, b7);
                v = TVector.Create(At(ref x6, 2 * p));
                a8 = TVector.FusedMultiplyAdd(v, u, a8);
                b8 = TVector.FusedMultiplyAdd(v, l, b8);
                v = TVector.Create(x9);
                a9 = TVector.FusedMultiplyAdd(v, u, a9);
                b9 = TVector.FusedMultiplyAdd(v, l, b9);
                v = TVector.Create(At(ref x9, p));
                a10 = TVector.FusedMultiplyAdd(v, u, a10);
                b10 = TVector.FusedMultiplyAdd(v, l, b10);
                v = TVector.Create(At(ref x9, 2 * p));
                a11 = TVector.FusedMultiplyAdd(v, u, a11);
                b11 = TVector.FusedMultiplyAdd(v, l, b11);
                v = TVector.Create(x12);
                a12 = TVector.FusedMultiplyAdd(v, u, a12);
                b12 = TVector.FusedMultiplyAdd(v, l, b12);
                v = TVector.Create(At(ref x12, p));
                a13 = TVector.FusedMultiplyAdd(v, u, a13);
                b13 = TVector.FusedMultiplyAdd(v, l, b13);
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
                b0 = TVector.FusedMultiplyAdd(TVector.Create(x0), l, b0);
                b1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), l, b1);
                b2 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, 2 * p)), l, b2);
                b3 = TVector.FusedMultiplyAdd(TVector.Create(x3), l, b3);
                b4 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, p)), l, b4);
                b5 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, 2 * p)), l, b5);
                b6 = TVector.FusedMultiplyAdd(TVector.Create(x6), l, b6);
                b7 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x6, p)), l, b7);
                b8 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x6, 2 * p)), l, b8);
                b9 = TVector.FusedMultiplyAdd(TVector.Create(x9), l, b9);
                b10 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x9, p)), l, b10);
                b11 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x9, 2 * p)), l, b11);
                b12 = TVector.FusedMultiplyAdd(TVector.Create(x12), l, b12);
                b13 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x12, p)), l, b13);
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
                a0 = TVector.FusedMultiplyAdd(TVector.Create(x0), u, a0);
                a1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), u, a1);
                a2 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, 2 * p)), u, a2);
                a3 = TVector.FusedMultiplyAdd(TVector.Create(x3), u, a3);
                a4 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, p)), u, a4);
                a5 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, 2 * p)), u, a5);
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
                a0 = TVector.FusedMultiplyAdd(v, u, a0);
                b0 = TVector.FusedMultiplyAdd(v, l, b0);
                v = TVector.Create(At(ref x0, p));
                a1 = TVector.FusedMultiplyAdd(v, u, a1);
                b1 = TVector.FusedMultiplyAdd(v, l, b1);
                v = TVector.Create(At(ref x0, 2 * p));
                a2 = TVector.FusedMultiplyAdd(v, u, a2);
                b2 = TVector.FusedMultiplyAdd(v, l, b2);
                v = TVector.Create(x3);
                a3 = TVector.FusedMultiplyAdd(v, u, a3);
                b3 = TVector.FusedMultiplyAdd(v, l, b3);
                v = TVector.Create(At(ref x3, p));
                a4 = TVector.FusedMultiplyAdd(v, u, a4);
                b4 = TVector.FusedMultiplyAdd(v, l, b4);
                v = TVector.Create(At(ref x3, 2 * p));
                a5 = TVector.FusedMultiplyAdd(v, u, a5);
                b5 = TVector.FusedMultiplyAdd(v, l, b5);
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
                b0 = TVector.FusedMultiplyAdd(TVector.Create(x0), l, b0);
                b1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), l, b1);
                b2 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, 2 * p)), l, b2);
                b3 = TVector.FusedMultiplyAdd(TVector.Create(x3), l, b3);
                b4 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, p)), l, b4);
                b5 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, 2 * p)), l, b5);
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
                a0 = TVector.FusedMultiplyAdd(TVector.Create(x0), u, a0);
                a1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), u, a1);
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
                a0 = TVector.FusedMultiplyAdd(v, u, a0);
                b0 = TVector.FusedMultiplyAdd(v, l, b0);
                v = TVector.Create(At(ref x0, p));
                a1 = TVector.FusedMultiplyAdd(v, u, a1);
                b1 = TVector.FusedMultiplyAdd(v, l, b1);
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
                b0 = TVector.FusedMultiplyAdd(TVector.Create(x0), l, b0);
                b1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), l, b1);
                x0 = ref Unsafe.Add(ref x0, 1);
                lower = ref Unsafe.AddByteOffset(ref lower, tile.WeightStride);
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        FinishPooled(a0, a1, b0, b1, min, max, ref y, 0);
    }
}
