using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Steps of four rows, as bytes, with the 256-bit <c>vpdpbusd</c>.</summary>
internal readonly struct DepthwiseInt8Bytes256 : IDepthwiseInt8Step<Vector256<int>, Vector256<byte>>
{
    public static int Lanes => 8;

    public static int Rows => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LoadOperand(ref byte source) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sum, Vector256<byte> inputs, Vector256<byte> weights) =>
        AvxVnni.MultiplyWideningAndAdd(sum, inputs, weights.AsSByte());

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    public static void Interleave(in DepthwiseInt8Rows rows, ref byte target, int count)
    {
        ref byte row0 = ref rows.Row0;
        ref byte row1 = ref rows.Row1;
        ref byte row2 = ref rows.Row2;
        ref byte row3 = ref rows.Row3;
        nint step0 = rows.Step0, step1 = rows.Step1, step2 = rows.Step2, step3 = rows.Step3;
        for (int i = 0; i < count; i++)
        {
            Vector128<byte> line0 = Vector128.LoadUnsafe(ref row0), line1 = Vector128.LoadUnsafe(ref row1);
            Vector128<byte> line2 = Vector128.LoadUnsafe(ref row2), line3 = Vector128.LoadUnsafe(ref row3);
            Vector128<ushort> low01 = Sse2.UnpackLow(line0, line1).AsUInt16(), high01 = Sse2.UnpackHigh(line0, line1).AsUInt16();
            Vector128<ushort> low23 = Sse2.UnpackLow(line2, line3).AsUInt16(), high23 = Sse2.UnpackHigh(line2, line3).AsUInt16();
            Sse2.UnpackLow(low01, low23).AsByte().StoreUnsafe(ref target);
            Sse2.UnpackHigh(low01, low23).AsByte().StoreUnsafe(ref target, 16);
            Sse2.UnpackLow(high01, high23).AsByte().StoreUnsafe(ref target, 32);
            Sse2.UnpackHigh(high01, high23).AsByte().StoreUnsafe(ref target, 48);
            row0 = ref Unsafe.Add(ref row0, step0);
            row1 = ref Unsafe.Add(ref row1, step1);
            row2 = ref Unsafe.Add(ref row2, step2);
            row3 = ref Unsafe.Add(ref row3, step3);
            target = ref Unsafe.Add(ref target, DepthwiseInt8Layout.StepBytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Outside(int zeroPoint) => Vector128.Create((byte)zeroPoint);
}
