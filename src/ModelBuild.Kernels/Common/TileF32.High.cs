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
                    l0 = TVector.FusedMultiplyAdd(v, wl, l0);
                    r0 = TVector.FusedMultiplyAdd(v, wr, r0);
                    v = TVector.Create(At(ref x0, p));
                    l1 = TVector.FusedMultiplyAdd(v, wl, l1);
                    r1 = TVector.FusedMultiplyAdd(v, wr, r1);
                    v = TVector.Create(At(ref x0, 2 * p));
                    l2 = TVector.FusedMultiplyAdd(v, wl, l2);
                    r2 = TVector.FusedMultiplyAdd(v, wr, r2);
                    v = TVector.Create(x3);
                    l3 = TVector.FusedMultiplyAdd(v, wl, l3);
                    r3 = TVector.FusedMultiplyAdd(v, wr, r3);
                    v = TVector.Create(At(ref x3, p));
                    l4 = TVector.FusedMultiplyAdd(v, wl, l4);
                    r4 = TVector.FusedMultiplyAdd(v, wr, r4);
                    v = TVector.Create(At(ref x3, 2 * p));
                    l5 = TVector.FusedMultiplyAdd(v, wl, l5);
                    r5 = TVector.FusedMultiplyAdd(v, wr, r5);
                    v = TVector.Create(x6);
                    l6 = TVector.FusedMultiplyAdd(v, wl, l6);
                    r6 = TVector.FusedMultiplyAdd(v, wr, r6);
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
                    l0 = TVector.FusedMultiplyAdd(v, wl, l0);
                    r0 = TVector.FusedMultiplyAdd(v, wr, r0);
                    v = TVector.Create(At(ref x0, p));
                    l1 = TVector.FusedMultiplyAdd(v, wl, l1);
                    r1 = TVector.FusedMultiplyAdd(v, wr, r1);
                    v = TVector.Create(At(ref x0, 2 * p));
                    l2 = TVector.FusedMultiplyAdd(v, wl, l2);
                    r2 = TVector.FusedMultiplyAdd(v, wr, r2);
                    v = TVector.Create(x3);
                    l3 = TVector.FusedMultiplyAdd(v, wl, l3);
                    r3 = TVector.FusedMultiplyAdd(v, wr, r3);
                    v = TVector.Create(At(ref x3, p));
                    l4 = TVector.FusedMultiplyAdd(v, wl, l4);
                    r4 = TVector.FusedMultiplyAdd(v, wr, r4);
                    v = TVector.Create(At(ref x3, 2 * p));
                    l5 = TVector.FusedMultiplyAdd(v, wl, l5);
                    r5 = TVector.FusedMultiplyAdd(v, wr, r5);
                    v = TVector.Create(x6);
                    l6 = TVector.FusedMultiplyAdd(v, wl, l6);
                    r6 = TVector.FusedMultiplyAdd(v, wr, r6);
                    v = TVector.Create(At(ref x6, p));
                    l7 = TVector.FusedMultiplyAdd(v, wl, l7);
                    r7 = TVector.FusedMultiplyAdd(v, wr, r7);
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
                    l0 = TVector.FusedMultiplyAdd(v, wl, l0);
                    r0 = TVector.FusedMultiplyAdd(v, wr, r0);
                    v = TVector.Create(At(ref x0, p));
                    l1 = TVector.FusedMultiplyAdd(v, wl, l1);
                    r1 = TVector.FusedMultiplyAdd(v, wr, r1);
                    v = TVector.Create(At(ref x0, 2 * p));
                    l2 = TVector.FusedMultiplyAdd(v, wl, l2);
                    r2 = TVector.FusedMultiplyAdd(v, wr, r2);
                    v = TVector.Create(x3);
                    l3 = TVector.FusedMultiplyAdd(v, wl, l3);
                    r3 = TVector.FusedMultiplyAdd(v, wr, r3);
                    v = TVector.Create(At(ref x3, p));
                    l4 = TVector.FusedMultiplyAdd(v, wl, l4);
                    r4 = TVector.FusedMultiplyAdd(v, wr, r4);
                    v = TVector.Create(At(ref x3, 2 * p));
                    l5 = TVector.FusedMultiplyAdd(v, wl, l5);
                    r5 = TVector.FusedMultiplyAdd(v, wr, r5);
                    v = TVector.Create(x6);
                    l6 = TVector.FusedMultiplyAdd(v, wl, l6);
                    r6 = TVector.FusedMultiplyAdd(v, wr, r6);
                    v = TVector.Create(At(ref x6, p));
                    l7 = TVector.FusedMultiplyAdd(v, wl, l7);
                    r7 = TVector.FusedMultiplyAdd(v, wr, r7);
                    v = TVector.Create(At(ref x6, 2 * p));
                    l8 = TVector.FusedMultiplyAdd(v, wl, l8);
                    r8 = TVector.FusedMultiplyAdd(v, wr, r8);
                    v = TVector.Create(x9);
                    l9 = TVector.FusedMultiplyAdd(v, wl, l9);
                    r9 = TVector.FusedMultiplyAdd(v, wr, r9);
                    v = TVector.Create(At(ref x9, p));
                    l10 = TVector.FusedMultiplyAdd(v, wl, l10);
                    r10 = TVector.FusedMultiplyAdd(v, wr, r10);
                    v = TVector.Create(At(ref x9, 2 * p));
                    l11 = TVector.FusedMultiplyAdd(v, wl, l11);
                    r11 = TVector.FusedMultiplyAdd(v, wr, r11);
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
                    l0 = TVector.FusedMultiplyAdd(v, wl, l0);
                    r0 = TVector.FusedMultiplyAdd(v, wr, r0);
                    v = TVector.Create(At(ref x0, p));
                    l1 = TVector.FusedMultiplyAdd(v, wl, l1);
                    r1 = TVector.FusedMultiplyAdd(v, wr, r1);
                    v = TVector.Create(At(ref x0, 2 * p));
                    l2 = TVector.FusedMultiplyAdd(v, wl, l2);
                    r2 = TVector.FusedMultiplyAdd(v, wr, r2);
                    v = TVector.Create(x3);
                    l3 = TVector.FusedMultiplyAdd(v, wl, l3);
                    r3 = TVector.FusedMultiplyAdd(v, wr, r3);
                    v = TVector.Create(At(ref x3, p));
                    l4 = TVector.FusedMultiplyAdd(v, wl, l4);
                    r4 = TVector.FusedMultiplyAdd(v, wr, r4);
                    v = TVector.Create(At(ref x3, 2 * p));
                    l5 = TVector.FusedMultiplyAdd(v, wl, l5);
                    r5 = TVector.FusedMultiplyAdd(v, wr, r5);
                    v = TVector.Create(x6);
                    l6 = TVector.FusedMultiplyAdd(v, wl, l6);
                    r6 = TVector.FusedMultiplyAdd(v, wr, r6);
                    v = TVector.Create(At(ref x6, p));
                    l7 = TVector.FusedMultiplyAdd(v, wl, l7);
                    r7 = TVector.FusedMultiplyAdd(v, wr, r7);
                    v = TVector.Create(At(ref x6, 2 * p));
                    l8 = TVector.FusedMultiplyAdd(v, wl, l8);
                    r8 = TVector.FusedMultiplyAdd(v, wr, r8);
                    v = TVector.Create(x9);
                    l9 = TVector.FusedMultiplyAdd(v, wl, l9);
                    r9 = TVector.FusedMultiplyAdd(v, wr, r9);
                    v = TVector.Create(At(ref x9, p));
                    l10 = TVector.FusedMultiplyAdd(v, wl, l10);
                    r10 = TVector.FusedMultiplyAdd(v, wr, r10);
                    v = TVector.Create(At(ref x9, 2 * p));
                    l11 = TVector.FusedMultiplyAdd(v, wl, l11);
                    r11 = TVector.FusedMultiplyAdd(v, wr, r11);
                    v = TVector.Create(x12);
                    l12 = TVector.FusedMultiplyAdd(v, wl, l12);
                    r12 = TVector.FusedMultiplyAdd(v, wr, r12);
                    v = TVector.Create(At(ref x12, p));
                    l13 = TVector.FusedMultiplyAdd(v, wl, l13);
                    r13 = TVector.FusedMultiplyAdd(v, wr, r13);
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
