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
                al0 = TVector.FusedMultiplyAdd(v, ul, al0);
                ar0 = TVector.FusedMultiplyAdd(v, ur, ar0);
                v = TVector.Create(At(ref x0, p));
                al1 = TVector.FusedMultiplyAdd(v, ul, al1);
                ar1 = TVector.FusedMultiplyAdd(v, ur, ar1);
                v = TVector.Create(At(ref x0, 2 * p));
                al2 = TVector.FusedMultiplyAdd(v, ul, al2);
                ar2 = TVector.FusedMultiplyAdd(v, ur, ar2);
                v = TVector.Create(x3);
                al3 = TVector.FusedMultiplyAdd(v, ul, al3);
                ar3 = TVector.FusedMultiplyAdd(v, ur, ar3);
                v = TVector.Create(At(ref x3, p));
                al4 = TVector.FusedMultiplyAdd(v, ul, al4);
                ar4 = TVector.FusedMultiplyAdd(v, ur, ar4);
                v = TVector.Create(At(ref x3, 2 * p));
                al5 = TVector.FusedMultiplyAdd(v, ul, al5);
                ar5 = TVector.FusedMultiplyAdd(v, ur, ar5);
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
                al0 = TVector.FusedMultiplyAdd(v, ul, al0);
                ar0 = TVector.FusedMultiplyAdd(v, ur, ar0);
                bl0 = TVector.FusedMultiplyAdd(v, ll, bl0);
                br0 = TVector.FusedMultiplyAdd(v, lr, br0);
                v = TVector.Create(At(ref x0, p));
                al1 = TVector.FusedMultiplyAdd(v, ul, al1);
                ar1 = TVector.FusedMultiplyAdd(v, ur, ar1);
                bl1 = TVector.FusedMultiplyAdd(v, ll, bl1);
                br1 = TVector.FusedMultiplyAdd(v, lr, br1);
                v = TVector.Create(At(ref x0, 2 * p));
                al2 = TVector.FusedMultiplyAdd(v, ul, al2);
                ar2 = TVector.FusedMultiplyAdd(v, ur, ar2);
                bl2 = TVector.FusedMultiplyAdd(v, ll, bl2);
                br2 = TVector.FusedMultiplyAdd(v, lr, br2);
                v = TVector.Create(x3);
                al3 = TVector.FusedMultiplyAdd(v, ul, al3);
                ar3 = TVector.FusedMultiplyAdd(v, ur, ar3);
                bl3 = TVector.FusedMultiplyAdd(v, ll, bl3);
                br3 = TVector.FusedMultiplyAdd(v, lr, br3);
                v = TVector.Create(At(ref x3, p));
                al4 = TVector.FusedMultiplyAdd(v, ul, al4);
                ar4 = TVector.FusedMultiplyAdd(v, ur, ar4);
                bl4 = TVector.FusedMultiplyAdd(v, ll, bl4);
                br4 = TVector.FusedMultiplyAdd(v, lr, br4);
                v = TVector.Create(At(ref x3, 2 * p));
                al5 = TVector.FusedMultiplyAdd(v, ul, al5);
                ar5 = TVector.FusedMultiplyAdd(v, ur, ar5);
                bl5 = TVector.FusedMultiplyAdd(v, ll, bl5);
                br5 = TVector.FusedMultiplyAdd(v, lr, br5);
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
                bl0 = TVector.FusedMultiplyAdd(v, ll, bl0);
                br0 = TVector.FusedMultiplyAdd(v, lr, br0);
                v = TVector.Create(At(ref x0, p));
                bl1 = TVector.FusedMultiplyAdd(v, ll, bl1);
                br1 = TVector.FusedMultiplyAdd(v, lr, br1);
                v = TVector.Create(At(ref x0, 2 * p));
                bl2 = TVector.FusedMultiplyAdd(v, ll, bl2);
                br2 = TVector.FusedMultiplyAdd(v, lr, br2);
                v = TVector.Create(x3);
                bl3 = TVector.FusedMultiplyAdd(v, ll, bl3);
                br3 = TVector.FusedMultiplyAdd(v, lr, br3);
                v = TVector.Create(At(ref x3, p));
                bl4 = TVector.FusedMultiplyAdd(v, ll, bl4);
                br4 = TVector.FusedMultiplyAdd(v, lr, br4);
                v = TVector.Create(At(ref x3, 2 * p));
                bl5 = TVector.FusedMultiplyAdd(v, ll, bl5);
                br5 = TVector.FusedMultiplyAdd(v, lr, br5);
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
                al0 = TVector.FusedMultiplyAdd(v, ul, al0);
                ar0 = TVector.FusedMultiplyAdd(v, ur, ar0);
                v = TVector.Create(At(ref x0, p));
                al1 = TVector.FusedMultiplyAdd(v, ul, al1);
                ar1 = TVector.FusedMultiplyAdd(v, ur, ar1);
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
                al0 = TVector.FusedMultiplyAdd(v, ul, al0);
                ar0 = TVector.FusedMultiplyAdd(v, ur, ar0);
                bl0 = TVector.FusedMultiplyAdd(v, ll, bl0);
                br0 = TVector.FusedMultiplyAdd(v, lr, br0);
                v = TVector.Create(At(ref x0, p));
                al1 = TVector.FusedMultiplyAdd(v, ul, al1);
                ar1 = TVector.FusedMultiplyAdd(v, ur, ar1);
                bl1 = TVector.FusedMultiplyAdd(v, ll, bl1);
                br1 = TVector.FusedMultiplyAdd(v, lr, br1);
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
                bl0 = TVector.FusedMultiplyAdd(v, ll, bl0);
                br0 = TVector.FusedMultiplyAdd(v, lr, br0);
                v = TVector.Create(At(ref x0, p));
                bl1 = TVector.FusedMultiplyAdd(v, ll, bl1);
                br1 = TVector.FusedMultiplyAdd(v, lr, br1);
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
