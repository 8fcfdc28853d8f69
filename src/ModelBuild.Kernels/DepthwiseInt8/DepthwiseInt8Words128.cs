using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Steps of two rows, as words, with 128-bit vectors. x64 multiplies neighbouring pairs with <c>pmaddwd</c>; elsewhere each lane multiplies its words one by one.</summary>
internal readonly struct DepthwiseInt8Words128 : IDepthwiseInt8Step<Vector128<int>, Vector128<short>>
{
    public static int Lanes => 4;

    public static int Rows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(ref int source) => Vector128.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> LoadOperand(ref byte source) => Vector128.LoadUnsafe(ref source).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Dot(Vector128<int> sum, Vector128<short> inputs, Vector128<short> weights) => sum + WordPairs.MultiplyAdd(inputs, weights);

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    public static void Interleave(in DepthwiseInt8Rows rows, ref byte target, int count)
    {
        ref byte row0 = ref rows.Row0;
        ref byte row1 = ref rows.Row1;
        nint step0 = rows.Step0, step1 = rows.Step1;
        for (int i = 0; i < count; i++)
        {
            (Vector128<ushort> low0, Vector128<ushort> high0) = Vector128.Widen(Vector128.LoadUnsafe(ref row0));
            (Vector128<ushort> low1, Vector128<ushort> high1) = Vector128.Widen(Vector128.LoadUnsafe(ref row1));
            StorePairs(low0, low1, ref target);
            StorePairs(high0, high1, ref Unsafe.Add(ref target, 32));
            row0 = ref Unsafe.Add(ref row0, step0);
            row1 = ref Unsafe.Add(ref row1, step1);
            target = ref Unsafe.Add(ref target, DepthwiseInt8Layout.StepBytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Outside(int zeroPoint) => Vector128.Create((short)zeroPoint).AsByte();

    /// <summary>Stores eight words of two rows, those of a channel side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePairs(Vector128<ushort> row0, Vector128<ushort> row1, ref byte target)
    {
        Vector128<uint> low, high;
        if (Sse2.IsSupported)
        {
            low = Sse2.UnpackLow(row0, row1).AsUInt32();
            high = Sse2.UnpackHigh(row0, row1).AsUInt32();
        }
        else
        {
            low = Vector128.WidenLower(row0) | Vector128.ShiftLeft(Vector128.WidenLower(row1), 16);
            high = Vector128.WidenUpper(row0) | Vector128.ShiftLeft(Vector128.WidenUpper(row1), 16);
        }

        low.AsByte().StoreUnsafe(ref target);
        high.AsByte().StoreUnsafe(ref target, 16);
    }
}
