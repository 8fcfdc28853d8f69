using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Five adjacent taps with stride 1.</summary>
internal readonly struct DepthwiseFiveF32 : IDepthwiseFilterF32
{
    public static bool ReachesBorders
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRow<TVector, TColumns>(
        ref TVector a, ref TVector b, ref TVector c, ref TVector d, ref TVector e, ref TVector f, ref TVector g, ref TVector h, ref float x, nint at, nint next, ref float w,
        in DepthwiseShape shape, uint inside)
        where TVector : struct, ISimdF32<TVector>
        where TColumns : struct, IDepthwiseColumnsF32
    {
        TVector w0 = TVector.LoadUnsafe(in w, 0);
        TVector w1 = TVector.LoadUnsafe(in w, DepthwiseF32.BlockChannels);
        TVector w2 = TVector.LoadUnsafe(in w, 2 * DepthwiseF32.BlockChannels);
        TVector w3 = TVector.LoadUnsafe(in w, 3 * DepthwiseF32.BlockChannels);
        TVector w4 = TVector.LoadUnsafe(in w, 4 * DepthwiseF32.BlockChannels);
        ref float x0 = ref TColumns.All ? ref Unsafe.Add(ref x, at) : ref x;
        nint at0 = TColumns.All ? 0 : at;
        if (TColumns.Has(inside, 0))
        {
            TVector v = TVector.LoadUnsafe(in x0, (nuint)at0);
            TVector.AddProduct(ref a, v, w0);
        }

        if (TColumns.Has(inside, 1))
        {
            TVector v = TVector.LoadUnsafe(in x0, (nuint)(at0 + next));
            TVector.AddProduct(ref a, v, w1);
            TVector.AddProduct(ref b, v, w0);
        }

        if (TColumns.Has(inside, 2))
        {
            TVector v = TVector.LoadUnsafe(in x0, (nuint)(at0 + (2 * next)));
            TVector.AddProduct(ref a, v, w2);
            TVector.AddProduct(ref b, v, w1);
            TVector.AddProduct(ref c, v, w0);
        }

        ref float x3 = ref TColumns.All ? ref Unsafe.Add(ref x0, 3 * next) : ref x;
        nint at3 = TColumns.All ? 0 : at0 + (3 * next);
        if (TColumns.Has(inside, 3))
        {
            TVector v = TVector.LoadUnsafe(in x3, (nuint)at3);
            TVector.AddProduct(ref a, v, w3);
            TVector.AddProduct(ref b, v, w2);
            TVector.AddProduct(ref c, v, w1);
            TVector.AddProduct(ref d, v, w0);
        }

        if (TColumns.Has(inside, 4))
        {
            TVector v = TVector.LoadUnsafe(in x3, (nuint)(at3 + next));
            TVector.AddProduct(ref a, v, w4);
            TVector.AddProduct(ref b, v, w3);
            TVector.AddProduct(ref c, v, w2);
            TVector.AddProduct(ref d, v, w1);
            TVector.AddProduct(ref e, v, w0);
        }

        if (TColumns.Has(inside, 5))
        {
            TVector v = TVector.LoadUnsafe(in x3, (nuint)(at3 + (2 * next)));
            TVector.AddProduct(ref b, v, w4);
            TVector.AddProduct(ref c, v, w3);
            TVector.AddProduct(ref d, v, w2);
            TVector.AddProduct(ref e, v, w1);
            TVector.AddProduct(ref f, v, w0);
        }

        ref float x6 = ref TColumns.All ? ref Unsafe.Add(ref x3, 3 * next) : ref x;
        nint at6 = TColumns.All ? 0 : at3 + (3 * next);
        if (TColumns.Has(inside, 6))
        {
            TVector v = TVector.LoadUnsafe(in x6, (nuint)at6);
            TVector.AddProduct(ref c, v, w4);
            TVector.AddProduct(ref d, v, w3);
            TVector.AddProduct(ref e, v, w2);
            TVector.AddProduct(ref f, v, w1);
            TVector.AddProduct(ref g, v, w0);
        }

        if (TColumns.Has(inside, 7))
        {
            TVector v = TVector.LoadUnsafe(in x6, (nuint)(at6 + next));
            TVector.AddProduct(ref d, v, w4);
            TVector.AddProduct(ref e, v, w3);
            TVector.AddProduct(ref f, v, w2);
            TVector.AddProduct(ref g, v, w1);
            TVector.AddProduct(ref h, v, w0);
        }

        if (TColumns.Has(inside, 8))
        {
            TVector v = TVector.LoadUnsafe(in x6, (nuint)(at6 + (2 * next)));
            TVector.AddProduct(ref e, v, w4);
            TVector.AddProduct(ref f, v, w3);
            TVector.AddProduct(ref g, v, w2);
            TVector.AddProduct(ref h, v, w1);
        }

        ref float x9 = ref TColumns.All ? ref Unsafe.Add(ref x6, 3 * next) : ref x;
        nint at9 = TColumns.All ? 0 : at6 + (3 * next);
        if (TColumns.Has(inside, 9))
        {
            TVector v = TVector.LoadUnsafe(in x9, (nuint)at9);
            TVector.AddProduct(ref f, v, w4);
            TVector.AddProduct(ref g, v, w3);
            TVector.AddProduct(ref h, v, w2);
        }

        if (TColumns.Has(inside, 10))
        {
            TVector v = TVector.LoadUnsafe(in x9, (nuint)(at9 + next));
            TVector.AddProduct(ref g, v, w4);
            TVector.AddProduct(ref h, v, w3);
        }

        if (TColumns.Has(inside, 11))
        {
            TVector v = TVector.LoadUnsafe(in x9, (nuint)(at9 + (2 * next)));
            TVector.AddProduct(ref h, v, w4);
        }
    }
}
