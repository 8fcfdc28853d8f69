using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>The instruction sets that kernels have variants for, from the plainest to the widest.</summary>
internal enum IsaLevel
{
    /// <summary>The kernel's <c>Reference</c>: scalar code only.</summary>
    Plain,

    /// <summary>128-bit vectors: SSE on x64, NEON on Arm64.</summary>
    Vector128,

    /// <summary>256-bit vectors with fused multiply-add (x86-64-v3).</summary>
    Avx2,

    /// <summary><see cref="Avx2"/> and the 8-bit dot product <c>vpdpbusd</c>.</summary>
    AvxVnni,

    /// <summary>512-bit vectors (x86-64-v4); 8-bit kernels use <c>vpdpbusd</c> here too where the CPU has it.</summary>
    Avx512,
}

/// <summary>
/// Picks the best instruction set of this CPU. Every property folds to a constant in the JIT and in AOT code; in programs that ReadyToRun compiled, AVX-512 comes into use
/// after some calls (LateAvx512).
/// </summary>
internal static class Isa
{
    /// <summary>The level that <c>Run</c> of every kernel dispatches to.</summary>
    public static IsaLevel Best
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (HasAvx512)
            {
                return IsaLevel.Avx512;
            }

            if (HasAvx2)
            {
                return HasAvxVnni ? IsaLevel.AvxVnni : IsaLevel.Avx2;
            }

            return Vector128.IsHardwareAccelerated ? IsaLevel.Vector128 : IsaLevel.Plain;
        }
    }

    /// <summary>512-bit float, byte and word instructions, and their 128/256-bit forms.</summary>
    public static bool HasAvx512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
#if MODELBUILD_LATE_AVX512
        get => LateAvx512.IsUsed;
#else
        get => Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported && HasAvx2;
#endif
    }

    /// <summary>256-bit integer vectors and fused multiply-add.</summary>
    public static bool HasAvx2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx2.IsSupported && Fma.IsSupported;
    }

    /// <summary><c>vpdpbusd</c> on 256-bit vectors (VEX encoding).</summary>
    public static bool HasAvxVnni
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
#if MODELBUILD_PRECOMPILED
        get => AvxVnniCheck.IsSupported;
#else
        get => AvxVnni.IsSupported;
#endif
    }

    /// <summary>
    /// Whether calls that run on <paramref name="isa"/> use AVX-512, or others of this process will: what must be the same for all calls, or for the parts of one, is
    /// decided by this.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#if MODELBUILD_LATE_AVX512
    public static bool ComesToAvx512(IsaLevel isa) => isa >= IsaLevel.Avx512 || (isa >= IsaLevel.Avx2 && Avx512Check.IsInProcessor);
#else
    public static bool ComesToAvx512(IsaLevel isa) => isa >= IsaLevel.Avx512;
#endif

    /// <summary>Whether this process can run code of <paramref name="level"/>; tests and benchmarks enumerate the levels with it.</summary>
    public static bool Supports(IsaLevel level) => level switch
    {
        IsaLevel.Avx512 => HasAvx512,
        IsaLevel.AvxVnni => HasAvxVnni && HasAvx2,
        IsaLevel.Avx2 => HasAvx2,
        IsaLevel.Vector128 => Vector128.IsHardwareAccelerated,
        _ => true,
    };
}
