#if MODELBUILD_LATE_AVX512
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Whether there is the AVX-512 that kernels use, see <see cref="IsaLevel.Avx512"/>, for code that ReadyToRun compiles for less.</summary>
internal static class Avx512Check
{
    /// <summary>
    /// What the processor says, which nothing has to be compiled for. The operating system or a setting of the runtime may hide it: that <see cref="IsInRuntime"/> knows.
    /// </summary>
    public static readonly bool IsInProcessor = X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 0).Ebx & Features) == Features;

    /// <summary>Leaf 7, subleaf 0 of CPUID: EBX has AVX512F, DQ, BW and VL at these places (Intel SDM volume 2A, CPUID).</summary>
    private const int Features = (1 << 16) | (1 << 17) | (1 << 30) | (1 << 31);

    /// <summary>The answer of the runtime, for which AVX2 belongs to it. Where it is yes, the precompiled method is discarded: the JIT compiles it to ask.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsInRuntime() => Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported;
}
#endif
