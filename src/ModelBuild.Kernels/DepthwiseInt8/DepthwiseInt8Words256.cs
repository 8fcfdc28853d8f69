using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Steps of two rows, as words, with the 256-bit <c>vpmaddwd</c>.</summary>
internal readonly struct DepthwiseInt8Words256 : IDepthwiseInt8Step<Vector256<int>, Vector256<short>>
{
    public static int Lanes => 8;

    public static int Rows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> LoadOperand(ref byte source) => Vector256.LoadUnsafe(ref source).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sum, Vector256<short> inputs, Vector256<short> weights) => sum + Avx2.MultiplyAddAdjacent(inputs, weights);

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    public static void Interleave(in DepthwiseInt8Rows rows, ref byte target, int count)
    {
        ref byte row0 = ref rows.Row0;
        ref byte row1 = ref rows.Row1;
        nint step0 = rows.Step0, step1 = rows.Step1;
        for (int i = 0; i < count; i++)
        {
            Vector128<byte> line0 = Vector128.LoadUnsafe(ref row0), line1 = Vector128.LoadUnsafe(ref row1);
            Avx2.ConvertToVector256Int16(Sse2.UnpackLow(line0, line1)).AsByte().StoreUnsafe(ref target);
            Avx2.ConvertToVector256Int16(Sse2.UnpackHigh(line0, line1)).AsByte().StoreUnsafe(ref target, 32);
            row0 = ref Unsafe.Add(ref row0, step0);
            row1 = ref Unsafe.Add(ref row1, step1);
            target = ref Unsafe.Add(ref target, DepthwiseInt8Layout.StepBytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Outside(int zeroPoint) => DepthwiseInt8Words128.Outside(zeroPoint);
}
