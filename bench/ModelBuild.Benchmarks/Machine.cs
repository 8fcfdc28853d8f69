using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace ModelBuild.Benchmarks;

/// <summary>What the figures depend on and a reader must know.</summary>
internal static class Machine
{
    public static string Processor { get; } = ReadProcessor();

    /// <summary>
    /// The processor's name and instruction sets as a file name, for example intel-xeon-platinum-8481c-avx-512-avx-vnni. The name alone does not tell: virtual machines often
    /// give that of a family.
    /// </summary>
    public static string Slug { get; } =
        Regex.Replace($"{Regex.Replace(Processor.ToLowerInvariant(), @"\((r|tm)\)|@.*", string.Empty)} {InstructionSets.ToLowerInvariant()}", "[^a-z0-9]+", "-").Trim('-');

    public static string Description { get; } =
        $"{RuntimeInformation.OSArchitecture} ({InstructionSets}), {Environment.ProcessorCount} logical processors, {RuntimeInformation.FrameworkDescription}";

    private static string InstructionSets =>
        Avx512F.IsSupported && AvxVnni.IsSupported ? "AVX-512, AVX-VNNI"
        : Avx512F.IsSupported ? "AVX-512"
        : AvxVnni.IsSupported ? "AVX2, AVX-VNNI"
        : Avx2.IsSupported ? "AVX2"
        : "128-bit vectors";

    private static string ReadProcessor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string? line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null
            ? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.OSDescription
            : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
