using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Blocks of 4x4 4-byte elements.</summary>
internal readonly struct TransposeQuads : ITransposeBlock<uint>
{
    public static int Edge => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Move(ref uint x, nint fromStride, ref uint y, nint toStride) => TransposeBlocks.Quads(ref x, fromStride, ref y, toStride);
}
