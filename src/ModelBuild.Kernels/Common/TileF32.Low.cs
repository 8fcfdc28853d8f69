using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>
/// Tiles that fit in 16 vector registers: 2 accumulators per pixel, 2 weights and the broadcast input. Three pixels share a pointer, since an address can add
/// one or two strides to it.
/// </content>
internal static partial class TileF32
{
    /// <summary>1 pixel by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows1<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
                while (Unsafe.IsAddressLessThan(ref x0, ref end))
                {
                    TVector wl = TVector.LoadUnsafe(in w, 0), wr = TVector.LoadUnsafe(in w, (nuint)TVector.Count);
                    TVector v = TVector.Create(x0);
                    TVector.AddProduct(ref l0, v, wl);
                    TVector.AddProduct(ref r0, v, wr);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(l0, r0, min, max, ref y, ref residual, 0);
    }

    /// <summary>2 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows2<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        TVector l1 = l0, r1 = r0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
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
                    x0 = ref Unsafe.Add(ref x0, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(l0, r0, min, max, ref y, ref residual, 0);
        Finish(l1, r1, min, max, ref y, ref residual, o);
    }

    /// <summary>3 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows3<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        TVector l1 = l0, r1 = r0;
        TVector l2 = l0, r2 = r0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
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
                    x0 = ref Unsafe.Add(ref x0, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(l0, r0, min, max, ref y, ref residual, 0);
        Finish(l1, r1, min, max, ref y, ref residual, o);
        Finish(l2, r2, min, max, ref y, ref residual, 2 * o);
    }

    /// <summary>4 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows4<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        TVector l1 = l0, r1 = r0;
        TVector l2 = l0, r2 = r0;
        TVector l3 = l0, r3 = r0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
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
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
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
    }

    /// <summary>5 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows5<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        TVector l1 = l0, r1 = r0;
        TVector l2 = l0, r2 = r0;
        TVector l3 = l0, r3 = r0;
        TVector l4 = l0, r4 = r0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
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
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
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
    }

    /// <summary>6 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Rows6<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector l0 = TVector.LoadUnsafe(in bias, 0), r0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count);
        TVector l1 = l0, r1 = r0;
        TVector l2 = l0, r2 = r0;
        TVector l3 = l0, r3 = r0;
        TVector l4 = l0, r4 = r0;
        TVector l5 = l0, r5 = r0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
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
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
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
    }
}
