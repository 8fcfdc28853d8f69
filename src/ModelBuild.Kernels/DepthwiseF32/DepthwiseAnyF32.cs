using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Any number of taps, with any stride and dilation.</summary>
internal readonly struct DepthwiseAnyF32 : IDepthwiseFilterF32
{
    public static bool ReachesBorders
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddRow<TVector, TColumns>(
        ref TVector a, ref TVector b, ref TVector c, ref TVector d, ref TVector e, ref TVector f, ref TVector g, ref TVector h, ref float x, nint at, nint next, ref float w,
        in DepthwiseShape shape, uint inside)
        where TVector : struct, ISimdF32<TVector>
        where TColumns : struct, IDepthwiseColumnsF32
    {
        nint step = shape.StrideX * next, dilation = shape.DilationX * next;
        nint tap = 0;
        for (int kx = 0; kx < shape.KernelWidth; kx++, at += dilation, tap += DepthwiseF32.BlockChannels)
        {
            TVector weight = TVector.LoadUnsafe(in w, (nuint)tap);
            ref float x0 = ref Unsafe.Add(ref x, at);
            ref float x3 = ref Unsafe.Add(ref x0, 3 * step);
            ref float x6 = ref Unsafe.Add(ref x3, 3 * step);
            TVector.AddProduct(ref a, TVector.LoadUnsafe(in x0, 0), weight);
            TVector.AddProduct(ref b, TVector.LoadUnsafe(in x0, (nuint)step), weight);
            TVector.AddProduct(ref c, TVector.LoadUnsafe(in x0, (nuint)(2 * step)), weight);
            TVector.AddProduct(ref d, TVector.LoadUnsafe(in x3, 0), weight);
            TVector.AddProduct(ref e, TVector.LoadUnsafe(in x3, (nuint)step), weight);
            TVector.AddProduct(ref f, TVector.LoadUnsafe(in x3, (nuint)(2 * step)), weight);
            TVector.AddProduct(ref g, TVector.LoadUnsafe(in x6, 0), weight);
            TVector.AddProduct(ref h, TVector.LoadUnsafe(in x6, (nuint)step), weight);
        }
    }
}
