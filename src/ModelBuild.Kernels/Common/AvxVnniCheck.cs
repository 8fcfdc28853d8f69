using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// Whether this process may execute <c>vpdpbusd</c>, for code that ReadyToRun compiles. There <see cref="AvxVnni.IsSupported"/> is the constant true, and the runtime
/// discards every method that a question so answered was compiled into where the answer is wrong: on a processor with AVX-512 but without AVX-VNNI that
/// would be all that dispatches to a kernel. So the processor is asked first, and one method that nothing inlines, second. Optimized JIT code has the result as a constant.
/// </summary>
internal static class AvxVnniCheck
{
    public static readonly bool IsSupported = IsInProcessor() && IsInRuntime();

    /// <summary>Leaf 7, subleaf 1 of CPUID, where EAX[4] is AVX-VNNI (Intel SDM volume 2A, CPUID).</summary>
    private static bool IsInProcessor() =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && X86Base.CpuId(7, 0).Eax >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 4)) != 0;

    /// <summary>The operating system or a setting of the runtime may hide what the processor has.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsInRuntime() => AvxVnni.IsSupported;
}
