using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// <c>y[i] = operation(a[i], b[i])</c> for any element-wise operation. <c>y</c> decides the length, and <c>a</c> and <c>b</c> hold at least as many values;
/// <c>y</c> may be the same span as <c>a</c> or <c>b</c>, but may not overlap them otherwise. Results are the same bits at every instruction set.
/// </summary>
internal static partial class BinaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOperation>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, TOperation operation)
        where TOperation : struct, IBinaryF32 => RunOn(Isa.Best, a, b, y, operation);

    /// <summary><c>y[i] = operation(a[i], b)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunScalarRight<TOperation>(ReadOnlySpan<float> a, Span<float> y, float b, TOperation operation)
        where TOperation : struct, IBinaryF32 => RunScalarRightOn(Isa.Best, a, y, b, operation);

    /// <summary><c>y[i] = operation(a, b[i])</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunScalarLeft<TOperation>(ReadOnlySpan<float> b, Span<float> y, float a, TOperation operation)
        where TOperation : struct, IBinaryF32 => RunScalarLeftOn(Isa.Best, b, y, a, operation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunOn<TOperation>(IsaLevel isa, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, TOperation operation)
        where TOperation : struct, IBinaryF32 => Row(isa, a[..y.Length], 1, b[..y.Length], 1, y, operation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunScalarRightOn<TOperation>(IsaLevel isa, ReadOnlySpan<float> a, Span<float> y, float b, TOperation operation)
        where TOperation : struct, IBinaryF32 => Row(isa, a[..y.Length], 1, new ReadOnlySpan<float>(in b), 0, y, operation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunScalarLeftOn<TOperation>(IsaLevel isa, ReadOnlySpan<float> b, Span<float> y, float a, TOperation operation)
        where TOperation : struct, IBinaryF32 => Row(isa, new ReadOnlySpan<float>(in a), 0, b[..y.Length], 1, y, operation);

    /// <summary>One row of the output. A stride is 1, or 0 for an operand of one value; the spans hold what the strides reach.</summary>
    private static void Row<TOperation>(
        IsaLevel isa, ReadOnlySpan<float> a, int aStride, ReadOnlySpan<float> b, int bStride, Span<float> y, TOperation operation)
        where TOperation : struct, IBinaryF32
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                RowOf<Simd512F32, TOperation>(a, aStride, b, bStride, y, operation);
                break;
            case IsaLevel.AvxVnni:
            case IsaLevel.Avx2:
                RowOf<Simd256F32, TOperation>(a, aStride, b, bStride, y, operation);
                break;
            case IsaLevel.Vector128:
                RowOf<Simd128F32, TOperation>(a, aStride, b, bStride, y, operation);
                break;
            default:
                StridedRow(a, aStride, b, bStride, y, operation);
                break;
        }
    }

    private static void RowOf<TVector, TOperation>(
        scoped ReadOnlySpan<float> a, int aStride, scoped ReadOnlySpan<float> b, int bStride, Span<float> y, TOperation operation)
        where TVector : struct, ISimdF32<TVector>
        where TOperation : struct, IBinaryF32
    {
        if (y.Length < TVector.Count)
        {
            StridedRow(a, aStride, b, bStride, y, operation);
            return;
        }

        // An operand of one value becomes a vector in memory that is read again and again.
        Span<float> aBlock = stackalloc float[TVector.Count];
        Span<float> bBlock = stackalloc float[TVector.Count];
        if (aStride == 0)
        {
            aBlock.Fill(a[0]);
            a = aBlock;
        }

        if (bStride == 0)
        {
            bBlock.Fill(b[0]);
            b = bBlock;
        }

        Sweep<TVector, TOperation>(
            ref MemoryMarshal.GetReference(a),
            (nuint)(nint)(-aStride),
            ref MemoryMarshal.GetReference(b),
            (nuint)(nint)(-bStride),
            ref MemoryMarshal.GetReference(y),
            (nuint)y.Length,
            operation);
    }

    /// <summary>
    /// At least one vector of values. A mask is all ones, or zero for an operand that stays where it is. The last vector ends at the last value, so that it may
    /// overlap the one before it. Every vector is loaded before its predecessor is stored, so the overlap holds the inputs still when y is an operand too.
    /// </summary>
    [MethodImpl(HotLoop.Options)]
    private static void Sweep<TVector, TOperation>(
        ref float a, nuint aMask, ref float b, nuint bMask, ref float y, nuint length, TOperation operation)
        where TVector : struct, ISimdF32<TVector>
        where TOperation : struct, IBinaryF32
    {
        nuint last = length - (nuint)TVector.Count;
        nuint i = 0;
        TVector left = TVector.LoadUnsafe(in a, 0);
        TVector right = TVector.LoadUnsafe(in b, 0);
        while (true)
        {
            nuint next = Math.Min(i + (nuint)TVector.Count, last);
            TVector nextLeft = TVector.LoadUnsafe(in a, next & aMask);
            TVector nextRight = TVector.LoadUnsafe(in b, next & bMask);
            operation.Invoke(left, right).StoreUnsafe(ref y, i);
            if (i == last)
            {
                return;
            }

            left = nextLeft;
            right = nextRight;
            i = next;
        }
    }
}
