using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>ONNX DequantizeLinear of unsigned bytes with one scale: <c>y = float(x - zeroPoint) * scale</c>, rounded once.</summary>
internal static class DequantizeLinearU8
{
    /// <summary>Dequantizes all of <paramref name="x"/> into the start of <paramref name="y"/>.</summary>
    public static void Run(ReadOnlySpan<byte> x, Span<float> y, float scale, int zeroPoint) => RunOn(Isa.Best, x, y, scale, zeroPoint);

    /// <summary><see cref="Run"/> on one instruction set.</summary>
    public static void RunOn(IsaLevel isa, ReadOnlySpan<byte> x, Span<float> y, float scale, int zeroPoint)
    {
        y = y[..x.Length];
        int done = 0;
        if (isa >= IsaLevel.Avx2)
        {
            done = RunVector256(x, y, scale, zeroPoint);
        }
        else if (isa >= IsaLevel.Vector128)
        {
            done = RunVector128(x, y, scale, zeroPoint);
        }

        Reference(x[done..], y[done..], scale, zeroPoint);
    }

    /// <summary>What <see cref="Run"/> computes.</summary>
    public static void Reference(ReadOnlySpan<byte> x, Span<float> y, float scale, int zeroPoint)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (x[i] - zeroPoint) * scale;
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static int RunVector256(ReadOnlySpan<byte> x, Span<float> y, float scale, int zeroPoint)
    {
        ref byte source = ref MemoryMarshal.GetReference(x);
        ref float target = ref MemoryMarshal.GetReference(y);
        nint i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            Vector128<byte> bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, i))).AsByte();
            Vector256<int> centered = Avx2.ConvertToVector256Int32(bytes) - Vector256.Create(zeroPoint);
            (Vector256.ConvertToSingle(centered) * Vector256.Create(scale)).StoreUnsafe(ref Unsafe.Add(ref target, i));
        }

        return (int)i;
    }

    [MethodImpl(HotLoop.Options)]
    private static int RunVector128(ReadOnlySpan<byte> x, Span<float> y, float scale, int zeroPoint)
    {
        ref byte source = ref MemoryMarshal.GetReference(x);
        ref float target = ref MemoryMarshal.GetReference(y);
        nint i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            Vector128<byte> bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, i))).AsByte();
            Vector128<short> words = Vector128.WidenLower(bytes).AsInt16() - Vector128.Create((short)zeroPoint);
            (Vector128.ConvertToSingle(Vector128.WidenLower(words)) * Vector128.Create(scale)).StoreUnsafe(ref Unsafe.Add(ref target, i));
            (Vector128.ConvertToSingle(Vector128.WidenUpper(words)) * Vector128.Create(scale)).StoreUnsafe(ref Unsafe.Add(ref target, i + 4));
        }

        return (int)i;
    }
}
