using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>
/// Whether the processor multiplies as many words a cycle, 512 bits at a time, as bytes with the 256-bit <c>vpdpbusd</c>, and adds them up beside. Then algorithms with fewer
/// products win although they need words. Other processors with AVX-512 have half of it: 512-bit vectors take two passes, or the sums compete with the products.
/// </summary>
internal static class WideWords
{
    /// <summary>What the processor says, which does not change while a process runs; not whether the runtime uses AVX-512 (<see cref="Isa.ComesToAvx512"/>).</summary>
    public static readonly bool AreInProcessor = X86Base.IsSupported && IsAmd() && IsZen5(X86Base.CpuId(1, 0).Eax);

    /// <summary>The letters "AuthenticAMD" of leaf 0.</summary>
    private static bool IsAmd() => X86Base.CpuId(0, 0) is { Ebx: 0x68747541, Edx: 0x69746E65, Ecx: 0x444D4163 };

    /// <summary>
    /// Family 1Ah, whose vector units are 512 bits wide, but for the models 20h to 2Fh and 60h to 6Fh, where they are 256 bits wide (AMD64 Architecture Programmer's Manual
    /// volume 3, CPUID function 1: family and model are sums of a base and an extension).
    /// </summary>
    private static bool IsZen5(int signature)
    {
        int family = ((signature >> 8) & 0xF) + ((signature >> 20) & 0xFF);
        int extendedModel = (signature >> 16) & 0xF;
        return family == 0x1A && extendedModel is not (2 or 6);
    }
}
