using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// <c>y[i] = operation(x[i])</c> for any element-wise operation. <c>y</c> decides the length, and <c>x</c> holds at least as many values; both may be the same
/// span, but may not overlap otherwise. Results are the same bits at every instruction set (see <see cref="ISimdF32{TSelf}"/>).
/// </summary>
internal static partial class UnaryF32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOperation>(ReadOnlySpan<float> x, Span<float> y, TOperation operation)
        where TOperation : struct, IUnaryF32 => RunOn(Isa.Best, x, y, operation);

    /// <summary>Runs the variant of one instruction set, which must be supported.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunOn<TOperation>(IsaLevel isa, ReadOnlySpan<float> x, Span<float> y, TOperation operation)
        where TOperation : struct, IUnaryF32
    {
        switch (isa)
        {
            case IsaLevel.Avx512:
                RunVectors<Simd512F32, TOperation>(x, y, operation);
                break;
            case IsaLevel.AvxVnni:
            case IsaLevel.Avx2:
                RunVectors<Simd256F32, TOperation>(x, y, operation);
                break;
            case IsaLevel.Vector128:
                RunVectors<Simd128F32, TOperation>(x, y, operation);
                break;
            default:
                Reference(x, y, operation);
                break;
        }
    }

    private static void RunVectors<TVector, TOperation>(ReadOnlySpan<float> x, Span<float> y, TOperation operation)
        where TVector : struct, ISimdF32<TVector>
        where TOperation : struct, IUnaryF32
    {
        x = x[..y.Length];
        if (y.Length >= TVector.Count)
        {
            Sweep<TVector, TOperation>(ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), (nuint)y.Length, operation);
            return;
        }

        // Too short for one vector: compute a whole one in a buffer of its own.
        Span<float> block = stackalloc float[TVector.Count];
        ref float start = ref MemoryMarshal.GetReference(block);
        x.CopyTo(block);
        Sweep<TVector, TOperation>(ref start, ref start, (nuint)TVector.Count, operation);
        block[..y.Length].CopyTo(y);
    }

    /// <summary>
    /// Applies the operation to <paramref name="length"/> values, at least one vector of them. The last vector ends at the last value, so that it may overlap the one
    /// before it. Every vector is loaded before its predecessor is stored, so the overlap holds the inputs still when <c>x</c> and <c>y</c> are the same memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    private static void Sweep<TVector, TOperation>(ref float x, ref float y, nuint length, TOperation operation)
        where TVector : struct, ISimdF32<TVector>
        where TOperation : struct, IUnaryF32
    {
        nuint last = length - (nuint)TVector.Count;
        nuint i = 0;
        TVector current = TVector.LoadUnsafe(in x, 0);
        while (true)
        {
            nuint next = Math.Min(i + (nuint)TVector.Count, last);
            TVector following = TVector.LoadUnsafe(in x, next);
            operation.Invoke(current).StoreUnsafe(ref y, i);
            if (i == last)
            {
                return;
            }

            current = following;
            i = next;
        }
    }
}
