using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>Pooled tiles that are two vectors wide.</content>
internal static partial class TileF32
{
    /// <summary>2x6 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Pooled6<TVector>(ref float x, ref float w, ref float bias, ref float y, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector al0 = TVector.LoadUnsafe(in bias, 0), ar0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count), bl0 = al0, br0 = ar0;
        TVector al1 = al0, ar1 = ar0, bl1 = al0, br1 = ar0;
        TVector al2 = al0, ar2 = ar0, bl2 = al0, br2 = ar0;
        TVector al3 = al0, ar3 = ar0, bl3 = al0, br3 = ar0;
        TVector al4 = al0, ar4 = ar0, bl4 = al0, br4 = ar0;
        TVector al5 = al0, ar5 = ar0, bl5 = al0, br5 = ar0;
        nint p = tile.PixelStride;
        ref float lower = ref w;
        nint row = 0;
        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float x3 = ref Unsafe.AddByteOffset(ref x0, 3 * p);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector ul = TVector.LoadUnsafe(in w, 0), ur = TVector.LoadUnsafe(in w, (nuint)TVector.Count);
                TVector v = TVector.Create(x0);
                TVector.AddProduct(ref al0, v, ul);
                TVector.AddProduct(ref ar0, v, ur);
                v = TVector.Create(At(ref x0, p));
                TVector.AddProduct(ref al1, v, ul);
                TVector.AddProduct(ref ar1, v, ur);
                v = TVector.Create(At(ref x0, 2 * p));
                TVector.AddProduct(ref al2, v, ul);
                TVector.AddProduct(ref ar2, v, ur);
                v = TVector.Create(x3);
                TVector.AddProduct(ref al3, v, ul);
                TVector.AddProduct(ref ar3, v, ur);
                v = TVector.Create(At(ref x3, p));
                TVector.AddProduct(ref al4, v, ul);
                TVector.AddProduct(ref ar4, v, ur);
                v = TVector.Create(At(ref x3, 2 * p));
                TVector.AddProduct(ref al5, v, ul);
                TVector.AddProduct(ref ar5, v, ur);
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
                TVector ul = TVector.LoadUnsafe(in w, 0), ur = TVector.LoadUnsafe(in w, (nuint)TVector.Count);
                TVector ll = TVector.LoadUnsafe(in lower, 0), lr = TVector.LoadUnsafe(in lower, (nuint)TVector.Count);
                TVector v = TVector.Create(x0);
                TVector.AddProduct(ref al0, v, ul);
                TVector.AddProduct(ref ar0, v, ur);
                TVector.AddProduct(ref bl0, v, ll);
                TVector.AddProduct(ref br0, v, lr);
                v = TVector.Create(At(ref x0, p));
                TVector.AddProduct(ref al1, v, ul);
                TVector.AddProduct(ref ar1, v, ur);
                TVector.AddProduct(ref bl1, v, ll);
                TVector.AddProduct(ref br1, v, lr);
                v = TVector.Create(At(ref x0, 2 * p));
                TVector.AddProduct(ref al2, v, ul);
                TVector.AddProduct(ref ar2, v, ur);
                TVector.AddProduct(ref bl2, v, ll);
                TVector.AddProduct(ref br2, v, lr);
                v = TVector.Create(x3);
                TVector.AddProduct(ref al3, v, ul);
                TVector.AddProduct(ref ar3, v, ur);
                TVector.AddProduct(ref bl3, v, ll);
                TVector.AddProduct(ref br3, v, lr);
                v = TVector.Create(At(ref x3, p));
                TVector.AddProduct(ref al4, v, ul);
                TVector.AddProduct(ref ar4, v, ur);
                TVector.AddProduct(ref bl4, v, ll);
                TVector.AddProduct(ref br4, v, lr);
                v = TVector.Create(At(ref x3, 2 * p));
                TVector.AddProduct(ref al5, v, ul);
                TVector.AddProduct(ref ar5, v, ur);
                TVector.AddProduct(ref bl5, v, ll);
                TVector.AddProduct(ref br5, v, lr);
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
                TVector ll = TVector.LoadUnsafe(in lower, 0), lr = TVector.LoadUnsafe(in lower, (nuint)TVector.Count);
                TVector v = TVector.Create(x0);
                TVector.AddProduct(ref bl0, v, ll);
                TVector.AddProduct(ref br0, v, lr);
                v = TVector.Create(At(ref x0, p));
                TVector.AddProduct(ref bl1, v, ll);
                TVector.AddProduct(ref br1, v, lr);
                v = TVector.Create(At(ref x0, 2 * p));
                TVector.AddProduct(ref bl2, v, ll);
                TVector.AddProduct(ref br2, v, lr);
                v = TVector.Create(x3);
                TVector.AddProduct(ref bl3, v, ll);
                TVector.AddProduct(ref br3, v, lr);
                v = TVector.Create(At(ref x3, p));
                TVector.AddProduct(ref bl4, v, ll);
                TVector.AddProduct(ref br4, v, lr);
                v = TVector.Create(At(ref x3, 2 * p));
                TVector.AddProduct(ref bl5, v, ll);
                TVector.AddProduct(ref br5, v, lr);
                x0 = ref Unsafe.Add(ref x0, 1);
                x3 = ref Unsafe.Add(ref x3, 1);
                lower = ref Unsafe.AddByteOffset(ref lower, tile.WeightStride);
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint right = TVector.Count * sizeof(float);
        FinishPooled(al0, al1, bl0, bl1, min, max, ref y, 0);
        FinishPooled(ar0, ar1, br0, br1, min, max, ref y, right);
        FinishPooled(al2, al3, bl2, bl3, min, max, ref y, tile.OutputStride);
        FinishPooled(ar2, ar3, br2, br3, min, max, ref y, tile.OutputStride + right);
        FinishPooled(al4, al5, bl4, bl5, min, max, ref y, 2 * tile.OutputStride);
        FinishPooled(ar4, ar5, br4, br5, min, max, ref y, (2 * tile.OutputStride) + right);
    }

    /// <summary>2x2 pixels by 2 vectors.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Pooled2<TVector>(ref float x, ref float w, ref float bias, ref float y, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        TVector al0 = TVector.LoadUnsafe(in bias, 0), ar0 = TVector.LoadUnsafe(in bias, (nuint)TVector.Count), bl0 = al0, br0 = ar0;
        TVector al1 = al0, ar1 = ar0, bl1 = al0, br1 = ar0;
        nint p = tile.PixelStride;
        ref float lower = ref w;
        nint row = 0;
        {
            ref float x0 = ref Unsafe.AddByteOffset(ref x, row * tile.FilterRowStride);
            ref float end = ref Unsafe.Add(ref x0, tile.InnerDepth);
            while (Unsafe.IsAddressLessThan(ref x0, ref end))
            {
                TVector ul = TVector.LoadUnsafe(in w, 0), ur = TVector.LoadUnsafe(in w, (nuint)TVector.Count);
                TVector v = TVector.Create(x0);
                TVector.AddProduct(ref al0, v, ul);
                TVector.AddProduct(ref ar0, v, ur);
                v = TVector.Create(At(ref x0, p));
                TVector.AddProduct(ref al1, v, ul);
                TVector.AddProduct(ref ar1, v, ur);
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
                TVector ul = TVector.LoadUnsafe(in w, 0), ur = TVector.LoadUnsafe(in w, (nuint)TVector.Count);
                TVector ll = TVector.LoadUnsafe(in lower, 0), lr = TVector.LoadUnsafe(in lower, (nuint)TVector.Count);
                TVector v = TVector.Create(x0);
                TVector.AddProduct(ref al0, v, ul);
                TVector.AddProduct(ref ar0, v, ur);
                TVector.AddProduct(ref bl0, v, ll);
                TVector.AddProduct(ref br0, v, lr);
                v = TVector.Create(At(ref x0, p));
                TVector.AddProduct(ref al1, v, ul);
                TVector.AddProduct(ref ar1, v, ur);
                TVector.AddProduct(ref bl1, v, ll);
                TVector.AddProduct(ref br1, v, lr);
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
                TVector ll = TVector.LoadUnsafe(in lower, 0), lr = TVector.LoadUnsafe(in lower, (nuint)TVector.Count);
                TVector v = TVector.Create(x0);
                TVector.AddProduct(ref bl0, v, ll);
                TVector.AddProduct(ref br0, v, lr);
                v = TVector.Create(At(ref x0, p));
                TVector.AddProduct(ref bl1, v, ll);
                TVector.AddProduct(ref br1, v, lr);
                x0 = ref Unsafe.Add(ref x0, 1);
                lower = ref Unsafe.AddByteOffset(ref lower, tile.WeightStride);
            }
        }

        TVector min = TVector.Create(tile.Min), max = TVector.Create(tile.Max);
        nint right = TVector.Count * sizeof(float);
        FinishPooled(al0, al1, bl0, bl1, min, max, ref y, 0);
        FinishPooled(ar0, ar1, br0, br1, min, max, ref y, right);
    }
}
