using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Blocks of 8x8 2-byte elements.</summary>
internal readonly struct TransposeWords : ITransposeBlock<ushort>
{
    public static int Edge => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Move(ref ushort x, nint fromStride, ref ushort y, nint toStride) => TransposeBlocks.Words(ref x, fromStride, ref y, toStride);
}
