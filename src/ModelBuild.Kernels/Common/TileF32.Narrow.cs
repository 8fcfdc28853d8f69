using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>Tiles one vector wide, for columns that are no multiple of two vectors; 12, 14 and 16 divide the widths of many images, and halving heights leave tails of few tiles.</content>
internal static partial class TileF32
{
    /// <summary>1 pixel by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void NarrowRows1<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
                while (Unsafe.IsAddressLessThan(ref x0, ref end))
                {
                    TVector v = TVector.LoadUnsafe(in w, 0);
                    TVector.AddProduct(ref a0, x0, v);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(a0, min, max, ref y, ref residual, 0);
    }

    /// <summary>2 pixels by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void NarrowRows2<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        TVector a1 = a0;
        nint p = tile.PixelStride;
        for (var row = 0; row < tile.FilterRows; row++)
        {
            for (var tap = 0; tap < tile.FilterTaps; tap++)
            {
                ref float x0 = ref Unsafe.AddByteOffset(ref x, (row * tile.FilterRowStride) + (tap * tile.TapStride));
                ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
                while (Unsafe.IsAddressLessThan(ref x0, ref end))
                {
                    TVector v = TVector.LoadUnsafe(in w, 0);
                    TVector.AddProduct(ref a0, x0, v);
                    TVector.AddProduct(ref a1, At(ref x0, p), v);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(a0, min, max, ref y, ref residual, 0);
        Finish(a1, min, max, ref y, ref residual, o);
    }

    /// <summary>4 pixels by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void NarrowRows4<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        TVector a1 = a0, a2 = a0, a3 = a0;
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
                    TVector v = TVector.LoadUnsafe(in w, 0);
                    TVector.AddProduct(ref a0, x0, v);
                    TVector.AddProduct(ref a1, At(ref x0, p), v);
                    TVector.AddProduct(ref a2, At(ref x0, 2 * p), v);
                    TVector.AddProduct(ref a3, x3, v);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(a0, min, max, ref y, ref residual, 0);
        Finish(a1, min, max, ref y, ref residual, o);
        Finish(a2, min, max, ref y, ref residual, 2 * o);
        Finish(a3, min, max, ref y, ref residual, 3 * o);
    }

    /// <summary>8 pixels by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void NarrowRows8<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0;
        TVector a5 = a0, a6 = a0, a7 = a0;
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
                    TVector v = TVector.LoadUnsafe(in w, 0);
                    TVector.AddProduct(ref a0, x0, v);
                    TVector.AddProduct(ref a1, At(ref x0, p), v);
                    TVector.AddProduct(ref a2, At(ref x0, 2 * p), v);
                    TVector.AddProduct(ref a3, x3, v);
                    TVector.AddProduct(ref a4, At(ref x3, p), v);
                    TVector.AddProduct(ref a5, At(ref x3, 2 * p), v);
                    TVector.AddProduct(ref a6, x6, v);
                    TVector.AddProduct(ref a7, At(ref x6, p), v);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
                    x6 = ref Unsafe.Add(ref x6, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(a0, min, max, ref y, ref residual, 0);
        Finish(a1, min, max, ref y, ref residual, o);
        Finish(a2, min, max, ref y, ref residual, 2 * o);
        Finish(a3, min, max, ref y, ref residual, 3 * o);
        Finish(a4, min, max, ref y, ref residual, 4 * o);
        Finish(a5, min, max, ref y, ref residual, 5 * o);
        Finish(a6, min, max, ref y, ref residual, 6 * o);
        Finish(a7, min, max, ref y, ref residual, 7 * o);
    }

    /// <summary>12 pixels by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void NarrowRows12<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0;
        TVector a5 = a0, a6 = a0, a7 = a0, a8 = a0;
        TVector a9 = a0, a10 = a0, a11 = a0;
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
                    TVector v = TVector.LoadUnsafe(in w, 0);
                    TVector.AddProduct(ref a0, x0, v);
                    TVector.AddProduct(ref a1, At(ref x0, p), v);
                    TVector.AddProduct(ref a2, At(ref x0, 2 * p), v);
                    TVector.AddProduct(ref a3, x3, v);
                    TVector.AddProduct(ref a4, At(ref x3, p), v);
                    TVector.AddProduct(ref a5, At(ref x3, 2 * p), v);
                    TVector.AddProduct(ref a6, x6, v);
                    TVector.AddProduct(ref a7, At(ref x6, p), v);
                    TVector.AddProduct(ref a8, At(ref x6, 2 * p), v);
                    TVector.AddProduct(ref a9, x9, v);
                    TVector.AddProduct(ref a10, At(ref x9, p), v);
                    TVector.AddProduct(ref a11, At(ref x9, 2 * p), v);
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
        Finish(a0, min, max, ref y, ref residual, 0);
        Finish(a1, min, max, ref y, ref residual, o);
        Finish(a2, min, max, ref y, ref residual, 2 * o);
        Finish(a3, min, max, ref y, ref residual, 3 * o);
        Finish(a4, min, max, ref y, ref residual, 4 * o);
        Finish(a5, min, max, ref y, ref residual, 5 * o);
        Finish(a6, min, max, ref y, ref residual, 6 * o);
        Finish(a7, min, max, ref y, ref residual, 7 * o);
        Finish(a8, min, max, ref y, ref residual, 8 * o);
        Finish(a9, min, max, ref y, ref residual, 9 * o);
        Finish(a10, min, max, ref y, ref residual, 10 * o);
        Finish(a11, min, max, ref y, ref residual, 11 * o);
    }

    /// <summary>14 pixels by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void NarrowRows14<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0;
        TVector a5 = a0, a6 = a0, a7 = a0, a8 = a0;
        TVector a9 = a0, a10 = a0, a11 = a0, a12 = a0;
        TVector a13 = a0;
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
                    TVector v = TVector.LoadUnsafe(in w, 0);
                    TVector.AddProduct(ref a0, x0, v);
                    TVector.AddProduct(ref a1, At(ref x0, p), v);
                    TVector.AddProduct(ref a2, At(ref x0, 2 * p), v);
                    TVector.AddProduct(ref a3, x3, v);
                    TVector.AddProduct(ref a4, At(ref x3, p), v);
                    TVector.AddProduct(ref a5, At(ref x3, 2 * p), v);
                    TVector.AddProduct(ref a6, x6, v);
                    TVector.AddProduct(ref a7, At(ref x6, p), v);
                    TVector.AddProduct(ref a8, At(ref x6, 2 * p), v);
                    TVector.AddProduct(ref a9, x9, v);
                    TVector.AddProduct(ref a10, At(ref x9, p), v);
                    TVector.AddProduct(ref a11, At(ref x9, 2 * p), v);
                    TVector.AddProduct(ref a12, x12, v);
                    TVector.AddProduct(ref a13, At(ref x12, p), v);
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
        Finish(a0, min, max, ref y, ref residual, 0);
        Finish(a1, min, max, ref y, ref residual, o);
        Finish(a2, min, max, ref y, ref residual, 2 * o);
        Finish(a3, min, max, ref y, ref residual, 3 * o);
        Finish(a4, min, max, ref y, ref residual, 4 * o);
        Finish(a5, min, max, ref y, ref residual, 5 * o);
        Finish(a6, min, max, ref y, ref residual, 6 * o);
        Finish(a7, min, max, ref y, ref residual, 7 * o);
        Finish(a8, min, max, ref y, ref residual, 8 * o);
        Finish(a9, min, max, ref y, ref residual, 9 * o);
        Finish(a10, min, max, ref y, ref residual, 10 * o);
        Finish(a11, min, max, ref y, ref residual, 11 * o);
        Finish(a12, min, max, ref y, ref residual, 12 * o);
        Finish(a13, min, max, ref y, ref residual, 13 * o);
    }

    /// <summary>16 pixels by 1 vector.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void NarrowRows16<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector a0 = TVector.LoadUnsafe(in bias, 0);
        TVector a1 = a0, a2 = a0, a3 = a0, a4 = a0;
        TVector a5 = a0, a6 = a0, a7 = a0, a8 = a0;
        TVector a9 = a0, a10 = a0, a11 = a0, a12 = a0;
        TVector a13 = a0, a14 = a0, a15 = a0;
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
                ref float x15 = ref Unsafe.AddByteOffset(ref x0, 15 * p);
                ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
                while (Unsafe.IsAddressLessThan(ref x0, ref end))
                {
                    TVector v = TVector.LoadUnsafe(in w, 0);
                    TVector.AddProduct(ref a0, x0, v);
                    TVector.AddProduct(ref a1, At(ref x0, p), v);
                    TVector.AddProduct(ref a2, At(ref x0, 2 * p), v);
                    TVector.AddProduct(ref a3, x3, v);
                    TVector.AddProduct(ref a4, At(ref x3, p), v);
                    TVector.AddProduct(ref a5, At(ref x3, 2 * p), v);
                    TVector.AddProduct(ref a6, x6, v);
                    TVector.AddProduct(ref a7, At(ref x6, p), v);
                    TVector.AddProduct(ref a8, At(ref x6, 2 * p), v);
                    TVector.AddProduct(ref a9, x9, v);
                    TVector.AddProduct(ref a10, At(ref x9, p), v);
                    TVector.AddProduct(ref a11, At(ref x9, 2 * p), v);
                    TVector.AddProduct(ref a12, x12, v);
                    TVector.AddProduct(ref a13, At(ref x12, p), v);
                    TVector.AddProduct(ref a14, At(ref x12, 2 * p), v);
                    TVector.AddProduct(ref a15, x15, v);
                    x0 = ref Unsafe.Add(ref x0, 1);
                    x3 = ref Unsafe.Add(ref x3, 1);
                    x6 = ref Unsafe.Add(ref x6, 1);
                    x9 = ref Unsafe.Add(ref x9, 1);
                    x12 = ref Unsafe.Add(ref x12, 1);
                    x15 = ref Unsafe.Add(ref x15, 1);
                    w = ref Unsafe.AddByteOffset(ref w, tile.WeightStride);
                }
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint o = tile.OutputStride;
        Finish(a0, min, max, ref y, ref residual, 0);
        Finish(a1, min, max, ref y, ref residual, o);
        Finish(a2, min, max, ref y, ref residual, 2 * o);
        Finish(a3, min, max, ref y, ref residual, 3 * o);
        Finish(a4, min, max, ref y, ref residual, 4 * o);
        Finish(a5, min, max, ref y, ref residual, 5 * o);
        Finish(a6, min, max, ref y, ref residual, 6 * o);
        Finish(a7, min, max, ref y, ref residual, 7 * o);
        Finish(a8, min, max, ref y, ref residual, 8 * o);
        Finish(a9, min, max, ref y, ref residual, 9 * o);
        Finish(a10, min, max, ref y, ref residual, 10 * o);
        Finish(a11, min, max, ref y, ref residual, 11 * o);
        Finish(a12, min, max, ref y, ref residual, 12 * o);
        Finish(a13, min, max, ref y, ref residual, 13 * o);
        Finish(a14, min, max, ref y, ref residual, 14 * o);
        Finish(a15, min, max, ref y, ref residual, 15 * o);
    }
}
