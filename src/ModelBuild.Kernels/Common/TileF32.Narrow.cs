using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>Tiles one vector wide, for a panel of 16 columns under AVX-512; halving heights leave tails of few tiles, and 14 divides the widths of many images.</content>
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
                    a0 = TVector.FusedMultiplyAdd(TVector.Create(x0), v, a0);
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
                    a0 = TVector.FusedMultiplyAdd(TVector.Create(x0), v, a0);
                    a1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), v, a1);
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
                    a0 = TVector.FusedMultiplyAdd(TVector.Create(x0), v, a0);
                    a1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), v, a1);
                    a2 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, 2 * p)), v, a2);
                    a3 = TVector.FusedMultiplyAdd(TVector.Create(x3), v, a3);
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
                    a0 = TVector.FusedMultiplyAdd(TVector.Create(x0), v, a0);
                    a1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), v, a1);
                    a2 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, 2 * p)), v, a2);
                    a3 = TVector.FusedMultiplyAdd(TVector.Create(x3), v, a3);
                    a4 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, p)), v, a4);
                    a5 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, 2 * p)), v, a5);
                    a6 = TVector.FusedMultiplyAdd(TVector.Create(x6), v, a6);
                    a7 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x6, p)), v, a7);
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
                    a0 = TVector.FusedMultiplyAdd(TVector.Create(x0), v, a0);
                    a1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), v, a1);
                    a2 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, 2 * p)), v, a2);
                    a3 = TVector.FusedMultiplyAdd(TVector.Create(x3), v, a3);
                    a4 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, p)), v, a4);
                    a5 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, 2 * p)), v, a5);
                    a6 = TVector.FusedMultiplyAdd(TVector.Create(x6), v, a6);
                    a7 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x6, p)), v, a7);
                    a8 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x6, 2 * p)), v, a8);
                    a9 = TVector.FusedMultiplyAdd(TVector.Create(x9), v, a9);
                    a10 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x9, p)), v, a10);
                    a11 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x9, 2 * p)), v, a11);
                    a12 = TVector.FusedMultiplyAdd(TVector.Create(x12), v, a12);
                    a13 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x12, p)), v, a13);
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
                    a0 = TVector.FusedMultiplyAdd(TVector.Create(x0), v, a0);
                    a1 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, p)), v, a1);
                    a2 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x0, 2 * p)), v, a2);
                    a3 = TVector.FusedMultiplyAdd(TVector.Create(x3), v, a3);
                    a4 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, p)), v, a4);
                    a5 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x3, 2 * p)), v, a5);
                    a6 = TVector.FusedMultiplyAdd(TVector.Create(x6), v, a6);
                    a7 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x6, p)), v, a7);
                    a8 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x6, 2 * p)), v, a8);
                    a9 = TVector.FusedMultiplyAdd(TVector.Create(x9), v, a9);
                    a10 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x9, p)), v, a10);
                    a11 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x9, 2 * p)), v, a11);
                    a12 = TVector.FusedMultiplyAdd(TVector.Create(x12), v, a12);
                    a13 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x12, p)), v, a13);
                    a14 = TVector.FusedMultiplyAdd(TVector.Create(At(ref x12, 2 * p)), v, a14);
                    a15 = TVector.FusedMultiplyAdd(TVector.Create(x15), v, a15);
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
