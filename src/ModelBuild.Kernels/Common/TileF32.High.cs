using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>Tiles that need the 32 registers of AVX-512: more pixels share each weight that is loaded.</content>
internal static partial class TileF32
{
    /// <summary>7 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows7<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        TVector l1 = l0, r1 = r0;
        TVector l2 = l0, r2 = r0;
        TVector l3 = l0, r3 = r0;
        TVector l4 = l0, r4 = r0;
        TVector l5 = l0, r5 = r0;
        TVector l6 = l0, r6 = r0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
                ref float x6 = ref Unsafe.AddByteOffset(ref x0, 6 * p);
                ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
                while (Unsafe.IsAddressLessThan(ref x0, ref end))
                {
                    TVector wl = TVector.LoadUnsafe(in w, 0), wr = TVector.LoadUnsafe(in w, (nuint)TVector.Count);
                    TVector v = TVector.Create(x0);
                    TVector.AddProduct(ref l0, v, wl);
                    TVector.AddProduct(ref r0, v, wr);
                    v = TVector.Create(At(ref x0, p));
                    TVector.AddProduct(ref l1, v, wl);
                    TVector.AddProduct(ref r1, v, wr);
                    v = TVector.Create(At(ref x0, 2 * p));
                    TVector.AddProduct(ref l2, v, wl);
                    TVector.AddProduct(ref r2, v, wr);
                    v = TVector.Create(x3);
                    TVector.AddProduct(ref l3, v, wl);
                    TVector.AddProduct(ref r3, v, wr);
                    v = TVector.Create(At(ref x3, p));
                    TVector.AddProduct(ref l4, v, wl);
                    TVector.AddProduct(ref r4, v, wr);
                    v = TVector.Create(At(ref x3, 2 * p));
                    TVector.AddProduct(ref l5, v, wl);
                    TVector.AddProduct(ref r5, v, wr);
                    v = TVector.Create(x6);
                    TVector.AddProduct(ref l6, v, wl);
                    TVector.AddProduct(ref r6, v, wr);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
                    x6 = ref Unsafe.Add(ref x6, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(l0, r0, min, max, ref y, ref residual, 0);
        Finish(l1, r1, min, max, ref y, ref residual, o);
        Finish(l2, r2, min, max, ref y, ref residual, 2 * o);
        Finish(l3, r3, min, max, ref y, ref residual, 3 * o);
        Finish(l4, r4, min, max, ref y, ref residual, 4 * o);
        Finish(l5, r5, min, max, ref y, ref residual, 5 * o);
        Finish(l6, r6, min, max, ref y, ref residual, 6 * o);
    }

    /// <summary>8 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows8<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        TVector l1 = l0, r1 = r0;
        TVector l2 = l0, r2 = r0;
        TVector l3 = l0, r3 = r0;
        TVector l4 = l0, r4 = r0;
        TVector l5 = l0, r5 = r0;
        TVector l6 = l0, r6 = r0;
        TVector l7 = l0, r7 = r0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
                ref float x6 = ref Unsafe.AddByteOffset(ref x0, 6 * p);
                ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
                while (Unsafe.IsAddressLessThan(ref x0, ref end))
                {
                    TVector wl = TVector.LoadUnsafe(in w, 0), wr = TVector.LoadUnsafe(in w, (nuint)TVector.Count);
                    TVector v = TVector.Create(x0);
                    TVector.AddProduct(ref l0, v, wl);
                    TVector.AddProduct(ref r0, v, wr);
                    v = TVector.Create(At(ref x0, p));
                    TVector.AddProduct(ref l1, v, wl);
                    TVector.AddProduct(ref r1, v, wr);
                    v = TVector.Create(At(ref x0, 2 * p));
                    TVector.AddProduct(ref l2, v, wl);
                    TVector.AddProduct(ref r2, v, wr);
                    v = TVector.Create(x3);
                    TVector.AddProduct(ref l3, v, wl);
                    TVector.AddProduct(ref r3, v, wr);
                    v = TVector.Create(At(ref x3, p));
                    TVector.AddProduct(ref l4, v, wl);
                    TVector.AddProduct(ref r4, v, wr);
                    v = TVector.Create(At(ref x3, 2 * p));
                    TVector.AddProduct(ref l5, v, wl);
                    TVector.AddProduct(ref r5, v, wr);
                    v = TVector.Create(x6);
                    TVector.AddProduct(ref l6, v, wl);
                    TVector.AddProduct(ref r6, v, wr);
                    v = TVector.Create(At(ref x6, p));
                    TVector.AddProduct(ref l7, v, wl);
                    TVector.AddProduct(ref r7, v, wr);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
                    x6 = ref Unsafe.Add(ref x6, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(l0, r0, min, max, ref y, ref residual, 0);
        Finish(l1, r1, min, max, ref y, ref residual, o);
        Finish(l2, r2, min, max, ref y, ref residual, 2 * o);
        Finish(l3, r3, min, max, ref y, ref residual, 3 * o);
        Finish(l4, r4, min, max, ref y, ref residual, 4 * o);
        Finish(l5, r5, min, max, ref y, ref residual, 5 * o);
        Finish(l6, r6, min, max, ref y, ref residual, 6 * o);
        Finish(l7, r7, min, max, ref y, ref residual, 7 * o);
    }

    /// <summary>12 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows12<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        TVector l1 = l0, r1 = r0;
        TVector l2 = l0, r2 = r0;
        TVector l3 = l0, r3 = r0;
        TVector l4 = l0, r4 = r0;
        TVector l5 = l0, r5 = r0;
        TVector l6 = l0, r6 = r0;
        TVector l7 = l0, r7 = r0;
        TVector l8 = l0, r8 = r0;
        TVector l9 = l0, r9 = r0;
        TVector l10 = l0, r10 = r0;
        TVector l11 = l0, r11 = r0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
                ref float x6 = ref Unsafe.AddByteOffset(ref x0, 6 * p);
                ref float x9 = ref Unsafe.AddByteOffset(ref x0, 9 * p);
                ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
                while (Unsafe.IsAddressLessThan(ref x0, ref end))
                {
                    TVector wl = TVector.LoadUnsafe(in w, 0), wr = TVector.LoadUnsafe(in w, (nuint)TVector.Count);
                    TVector v = TVector.Create(x0);
                    TVector.AddProduct(ref l0, v, wl);
                    TVector.AddProduct(ref r0, v, wr);
                    v = TVector.Create(At(ref x0, p));
                    TVector.AddProduct(ref l1, v, wl);
                    TVector.AddProduct(ref r1, v, wr);
                    v = TVector.Create(At(ref x0, 2 * p));
                    TVector.AddProduct(ref l2, v, wl);
                    TVector.AddProduct(ref r2, v, wr);
                    v = TVector.Create(x3);
                    TVector.AddProduct(ref l3, v, wl);
                    TVector.AddProduct(ref r3, v, wr);
                    v = TVector.Create(At(ref x3, p));
                    TVector.AddProduct(ref l4, v, wl);
                    TVector.AddProduct(ref r4, v, wr);
                    v = TVector.Create(At(ref x3, 2 * p));
                    TVector.AddProduct(ref l5, v, wl);
                    TVector.AddProduct(ref r5, v, wr);
                    v = TVector.Create(x6);
                    TVector.AddProduct(ref l6, v, wl);
                    TVector.AddProduct(ref r6, v, wr);
                    v = TVector.Create(At(ref x6, p));
                    TVector.AddProduct(ref l7, v, wl);
                    TVector.AddProduct(ref r7, v, wr);
                    v = TVector.Create(At(ref x6, 2 * p));
                    TVector.AddProduct(ref l8, v, wl);
                    TVector.AddProduct(ref r8, v, wr);
                    v = TVector.Create(x9);
                    TVector.AddProduct(ref l9, v, wl);
                    TVector.AddProduct(ref r9, v, wr);
                    v = TVector.Create(At(ref x9, p));
                    TVector.AddProduct(ref l10, v, wl);
                    TVector.AddProduct(ref r10, v, wr);
                    v = TVector.Create(At(ref x9, 2 * p));
                    TVector.AddProduct(ref l11, v, wl);
                    TVector.AddProduct(ref r11, v, wr);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
                    x6 = ref Unsafe.Add(ref x6, 1);
                    x9 = ref Unsafe.Add(ref x9, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(l0, r0, min, max, ref y, ref residual, 0);
        Finish(l1, r1, min, max, ref y, ref residual, o);
        Finish(l2, r2, min, max, ref y, ref residual, 2 * o);
        Finish(l3, r3, min, max, ref y, ref residual, 3 * o);
        Finish(l4, r4, min, max, ref y, ref residual, 4 * o);
        Finish(l5, r5, min, max, ref y, ref residual, 5 * o);
        Finish(l6, r6, min, max, ref y, ref residual, 6 * o);
        Finish(l7, r7, min, max, ref y, ref residual, 7 * o);
        Finish(l8, r8, min, max, ref y, ref residual, 8 * o);
        Finish(l9, r9, min, max, ref y, ref residual, 9 * o);
        Finish(l10, r10, min, max, ref y, ref residual, 10 * o);
        Finish(l11, r11, min, max, ref y, ref residual, 11 * o);
    }

    /// <summary>14 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows14<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        TVector l1 = l0, r1 = r0;
        TVector l2 = l0, r2 = r0;
        TVector l3 = l0, r3 = r0;
        TVector l4 = l0, r4 = r0;
        TVector l5 = l0, r5 = r0;
        TVector l6 = l0, r6 = r0;
        TVector l7 = l0, r7 = r0;
        TVector l8 = l0, r8 = r0;
        TVector l9 = l0, r9 = r0;
        TVector l10 = l0, r10 = r0;
        TVector l11 = l0, r11 = r0;
        TVector l12 = l0, r12 = r0;
        TVector l13 = l0, r13 = r0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
                ref float x6 = ref Unsafe.AddByteOffset(ref x0, 6 * p);
                ref float x9 = ref Unsafe.AddByteOffset(ref x0, 9 * p);
                ref float x12 = ref Unsafe.AddByteOffset(ref x0, 12 * p);
                ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
                while (Unsafe.IsAddressLessThan(ref x0, ref end))
                {
                    TVector wl = TVector.LoadUnsafe(in w, 0), wr = TVector.LoadUnsafe(in w, (nuint)TVector.Count);
                    TVector v = TVector.Create(x0);
                    TVector.AddProduct(ref l0, v, wl);
                    TVector.AddProduct(ref r0, v, wr);
                    v = TVector.Create(At(ref x0, p));
                    TVector.AddProduct(ref l1, v, wl);
                    TVector.AddProduct(ref r1, v, wr);
                    v = TVector.Create(At(ref x0, 2 * p));
                    TVector.AddProduct(ref l2, v, wl);
                    TVector.AddProduct(ref r2, v, wr);
                    v = TVector.Create(x3);
                    TVector.AddProduct(ref l3, v, wl);
                    TVector.AddProduct(ref r3, v, wr);
                    v = TVector.Create(At(ref x3, p));
                    TVector.AddProduct(ref l4, v, wl);
                    TVector.AddProduct(ref r4, v, wr);
                    v = TVector.Create(At(ref x3, 2 * p));
                    TVector.AddProduct(ref l5, v, wl);
                    TVector.AddProduct(ref r5, v, wr);
                    v = TVector.Create(x6);
                    TVector.AddProduct(ref l6, v, wl);
                    TVector.AddProduct(ref r6, v, wr);
                    v = TVector.Create(At(ref x6, p));
                    TVector.AddProduct(ref l7, v, wl);
                    TVector.AddProduct(ref r7, v, wr);
                    v = TVector.Create(At(ref x6, 2 * p));
                    TVector.AddProduct(ref l8, v, wl);
                    TVector.AddProduct(ref r8, v, wr);
                    v = TVector.Create(x9);
                    TVector.AddProduct(ref l9, v, wl);
                    TVector.AddProduct(ref r9, v, wr);
                    v = TVector.Create(At(ref x9, p));
                    TVector.AddProduct(ref l10, v, wl);
                    TVector.AddProduct(ref r10, v, wr);
                    v = TVector.Create(At(ref x9, 2 * p));
                    TVector.AddProduct(ref l11, v, wl);
                    TVector.AddProduct(ref r11, v, wr);
                    v = TVector.Create(x12);
                    TVector.AddProduct(ref l12, v, wl);
                    TVector.AddProduct(ref r12, v, wr);
                    v = TVector.Create(At(ref x12, p));
                    TVector.AddProduct(ref l13, v, wl);
                    TVector.AddProduct(ref r13, v, wr);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
                    x6 = ref Unsafe.Add(ref x6, 1);
                    x9 = ref Unsafe.Add(ref x9, 1);
                    x12 = ref Unsafe.Add(ref x12, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(l0, r0, min, max, ref y, ref residual, 0);
        Finish(l1, r1, min, max, ref y, ref residual, o);
        Finish(l2, r2, min, max, ref y, ref residual, 2 * o);
        Finish(l3, r3, min, max, ref y, ref residual, 3 * o);
        Finish(l4, r4, min, max, ref y, ref residual, 4 * o);
        Finish(l5, r5, min, max, ref y, ref residual, 5 * o);
        Finish(l6, r6, min, max, ref y, ref residual, 6 * o);
        Finish(l7, r7, min, max, ref y, ref residual, 7 * o);
        Finish(l8, r8, min, max, ref y, ref residual, 8 * o);
        Finish(l9, r9, min, max, ref y, ref residual, 9 * o);
        Finish(l10, r10, min, max, ref y, ref residual, 10 * o);
        Finish(l11, r11, min, max, ref y, ref residual, 11 * o);
        Finish(l12, r12, min, max, ref y, ref residual, 12 * o);
        Finish(l13, r13, min, max, ref y, ref residual, 13 * o);
    }
}
