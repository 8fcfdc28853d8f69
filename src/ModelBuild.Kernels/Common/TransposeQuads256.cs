using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Blocks of 8x8 4-byte elements, on AVX2.</summary>
internal readonly struct TransposeQuads256 : ITransposeBlock<uint>
{
    public static int Edge => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Move(ref uint x, nint fromStride, ref uint y, nint toStride) => TransposeBlocks.Quads256(ref x, fromStride, ref y, toStride);
}
