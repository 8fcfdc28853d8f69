using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// A change of scale and zero point, as the inputs of a quantized Concat need: <c>y = requantize(x - inputZeroPoint, scale)</c> with
/// <c>scale = inputScale / outputScale</c>, finite. y may be x itself.
/// </summary>
internal static class RequantizeU8
{
    /// <summary>Requantizes all of <paramref name="x"/> into the start of <paramref name="y"/>.</summary>
    public static void Run(ReadOnlySpan<byte> x, Span<byte> y, int inputZeroPoint, float scale, in Requantize output) =>
        RunOn(Isa.Best, x, y, inputZeroPoint, scale, output);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(IsaLevel isa, ReadOnlySpan<byte> x, Span<byte> y, int inputZeroPoint, float scale, in Requantize output)
    {
        y = y[..x.Length];
        int done = isa >= IsaLevel.Avx2 ? RunVector256(x, y, inputZeroPoint, scale, output)
            : isa >= IsaLevel.Vector128 ? RunVector128(x, y, inputZeroPoint, scale, output)
            : 0;
        Reference(x[done..], y[done..], inputZeroPoint, scale, output);
    }

    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(ReadOnlySpan<byte> x, Span<byte> y, int inputZeroPoint, float scale, in Requantize output)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = output.Apply(x[i] - inputZeroPoint, scale);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static int RunVector256(ReadOnlySpan<byte> x, Span<byte> y, int inputZeroPoint, float scale, in Requantize output)
    {
        ref byte source = ref MemoryMarshal.GetReference(x);
        ref byte target = ref MemoryMarshal.GetReference(y);
        nint i = 0;
        for (; i <= x.Length - 16; i += 16)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, i));
            Vector256<int> low = Avx2.ConvertToVector256Int32(bytes) - Vector256.Create(inputZeroPoint);
            Vector256<int> high = Avx2.ConvertToVector256Int32(Vector128.Create(bytes.GetUpper(), bytes.GetUpper())) - Vector256.Create(inputZeroPoint);
            Vector256<float> factor = Vector256.Create(scale);
            RoundU8.Pack(
                Vector256.ConvertToSingle(low) * factor, Vector256.ConvertToSingle(high) * factor, output.ZeroPoint, output.Min, output.Max)
                .StoreUnsafe(ref Unsafe.Add(ref target, i));
        }

        return (int)i;
    }

    [MethodImpl(HotLoop.Options)]
    private static int RunVector128(ReadOnlySpan<byte> x, Span<byte> y, int inputZeroPoint, float scale, in Requantize output)
    {
        ref byte source = ref MemoryMarshal.GetReference(x);
        ref byte target = ref MemoryMarshal.GetReference(y);
        nint i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            Vector128<byte> bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, i))).AsByte();
            Vector128<short> words = Vector128.WidenLower(bytes).AsInt16() - Vector128.Create((short)inputZeroPoint);
            Vector128<byte> result = RoundU8.Pack(
                Vector128.ConvertToSingle(Vector128.WidenLower(words)) * Vector128.Create(scale),
                Vector128.ConvertToSingle(Vector128.WidenUpper(words)) * Vector128.Create(scale),
                output.ZeroPoint,
                output.Min,
                output.Max);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i), result.AsUInt64().ToScalar());
        }

        return (int)i;
    }
}
