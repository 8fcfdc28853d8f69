using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The innermost loop of every float matrix product and convolution: some pixels times one or two vectors of output channels, all sums in registers.
/// Each sum starts with the bias and takes its products in order, one fused multiply-add after the other; lanes are independent outputs. That is why the
/// result is the same at every vector width and tile height, and equals the plain loops of each kernel's <c>Reference</c>.
/// </summary>
/// <remarks>
/// The caller guarantees that every pixel of the strip lies inside the input, that the weight panel and the bias have whole vectors (<see cref="PanelsF32"/>),
/// and that whole vectors may be written to the output. The residual is null (a null reference) or has the output's layout; it may be the output itself.
/// </remarks>
internal static partial class TileF32
{
    /// <summary>The most pixels that a tile has; a scratch output must hold as many.</summary>
    private const int MaxHeight = 16;

    /// <summary>Runs <paramref name="pixels"/> neighbouring pixels in tiles of two vectors.</summary>
    private static void Strip<TVector>(
        ref float x, ref float w, ref float bias, ref float y, ref float residual, int pixels, int mainHeight, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        for (int done = 0, height; done < pixels; done += height)
        {
            height = Height(pixels - done, mainHeight);
            ref float tileX = ref Unsafe.AddByteOffset(ref x, done * tile.PixelStride);
            ref float tileY = ref Unsafe.AddByteOffset(ref y, done * tile.OutputStride);
            ref float tileResidual = ref OffsetUnlessNull(ref residual, done * tile.OutputStride);
            Rows<TVector>(height, ref tileX, ref w, ref bias, ref tileY, ref tileResidual, tile);
        }
    }

    /// <summary>
    /// The tile height for strips of <paramref name="pixels"/>: of the tall ones the one whose tail costs least. Fewer than 4 pixels cost as much as 4, because
    /// their few sums wait for each other; where no tile is higher than 6, a short tail is shared with the tile before it instead.
    /// </summary>
    private static int MainHeight<TVector>(int pixels)
        where TVector : struct, ISimdF32<TVector>
    {
        if (TVector.Count != Simd512F32.Count)
        {
            return pixels % 6 == 1 && pixels % 5 != 1 ? 5 : 6;
        }

        int best = Waste(pixels, 12) < Waste(pixels, 14) ? 12 : 14;
        return Waste(pixels, 8) < Waste(pixels, best) ? 8 : best;
    }

    /// <summary>The height of the next tile when <paramref name="pixels"/> are left.</summary>
    private static int Height(int pixels, int mainHeight)
    {
        if (pixels == mainHeight || pixels >= mainHeight + (mainHeight > 6 ? 1 : 4))
        {
            return mainHeight;
        }

        return pixels <= mainHeight && pixels is <= 8 or 12 ? pixels : (pixels + 1) / 2;
    }

    /// <summary>
    /// The height of the next tile of one vector. Shorter vectors than those of AVX-512 may have 16 registers: 14 pixels, the weights and a broadcast input. Heights are chosen
    /// such that little is left, since fewer than 8 pixels cost as much as 8.
    /// </summary>
    private static int NarrowHeight<TVector>(int pixels)
        where TVector : struct, ISimdF32<TVector> => pixels switch
        {
            >= 16 when TVector.Count == Simd512F32.Count => pixels % 14 == 0 && pixels % 16 != 0 ? 14 : 16,
            16 => 8,
            >= 14 => pixels % 14 != 0 && pixels % 12 is 0 or 8 ? 12 : 14,
            >= 12 => 12,
            >= 8 => 8,
            >= 4 => 4,
            >= 2 => 2,
            _ => 1,
        };

    /// <summary>Pixels that tiles of two vectors, <paramref name="mainHeight"/> high, and those of one vector divide without a rest.</summary>
    private static int CommonHeight<TVector>(int mainHeight)
        where TVector : struct, ISimdF32<TVector> =>
        (TVector.Count, mainHeight) switch
        {
            (16, 14) => 112,
            (16, 12) => 48,
            (16, _) => 16,
            (_, 6) => 42,
            _ => 70,
        };

    private static int Waste(int pixels, int height)
    {
        int tail = pixels % height;
        return tail == 0 ? 0 : Math.Max(4 - tail, 0);
    }

    private static void Rows<TVector>(
        int height, ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        switch (height)
        {
            case 1: Rows1<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 2: Rows2<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 3: Rows3<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 4: Rows4<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 5: Rows5<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 6: Rows6<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 7: Rows7<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 8: Rows8<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 12: Rows12<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            default: Rows14<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
        }
    }

    private static void NarrowRows<TVector>(
        int height, ref float x, ref float w, ref float bias, ref float y, ref float residual, in TileGeometryF32 tile)
        where TVector : struct, ISimdF32<TVector>
    {
        switch (height)
        {
            case 1: NarrowRows1<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 2: NarrowRows2<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 4: NarrowRows4<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 8: NarrowRows8<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 12: NarrowRows12<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            case 14: NarrowRows14<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
            default: NarrowRows16<TVector>(ref x, ref w, ref bias, ref y, ref residual, tile); break;
        }
    }

    /// <summary>Adds the residual, applies the bounds and writes two vectors of one pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish<TVector>(
        TVector left, TVector right, TVector min, TVector max, ref float y, ref float residual, nint offset)
        where TVector : struct, ISimdF32<TVector>
    {
        if (!Unsafe.IsNullRef(ref residual))
        {
            left += TVector.LoadUnsafe(in Unsafe.AddByteOffset(ref residual, offset), 0);
            right += TVector.LoadUnsafe(in Unsafe.AddByteOffset(ref residual, offset), (nuint)TVector.Count);
        }

        ref float pixel = ref Unsafe.AddByteOffset(ref y, offset);
        left.StoreBounded(ref pixel, 0, min, max);
        right.StoreBounded(ref pixel, (nuint)TVector.Count, min, max);
    }

    /// <summary>Adds the residual, applies the bounds and writes one vector of one pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish<TVector>(TVector sum, TVector min, TVector max, ref float y, ref float residual, nint offset)
        where TVector : struct, ISimdF32<TVector>
    {
        if (!Unsafe.IsNullRef(ref residual))
        {
            sum += TVector.LoadUnsafe(in Unsafe.AddByteOffset(ref residual, offset), 0);
        }

        sum.StoreBounded(ref Unsafe.AddByteOffset(ref y, offset), 0, min, max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float At(ref float x, nint offset) => Unsafe.AddByteOffset(ref x, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float OffsetUnlessNull(ref float x, nint offset) =>
        ref Unsafe.IsNullRef(ref x) ? ref x : ref Unsafe.AddByteOffset(ref x, offset);
}
