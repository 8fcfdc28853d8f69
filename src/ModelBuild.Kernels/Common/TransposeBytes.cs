using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Blocks of 8x8 bytes.</summary>
internal readonly struct TransposeBytes : ITransposeBlock<byte>
{
    public static int Edge => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Move(ref byte x, nint fromStride, ref byte y, nint toStride) => TransposeBlocks.Bytes(ref x, fromStride, ref y, toStride);
}
