using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Steps of two rows, as words, with the 512-bit <c>vpmaddwd</c>.</summary>
internal readonly struct DepthwiseInt8Words512 : IDepthwiseInt8Step<Vector512<int>, Vector512<short>>
{
    public static int Lanes => 16;

    public static int Rows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(ref int source) => Vector512.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> LoadOperand(ref byte source) => Vector512.LoadUnsafe(ref source).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Dot(Vector512<int> sum, Vector512<short> inputs, Vector512<short> weights) => sum + Avx512BW.MultiplyAddAdjacent(inputs, weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(in DepthwiseInt8Rows rows, ref byte target, int count) =>
        DepthwiseInt8Words256.Interleave(rows, ref target, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Outside(int zeroPoint) => DepthwiseInt8Words128.Outside(zeroPoint);
}
