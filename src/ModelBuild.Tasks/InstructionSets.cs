using System.Collections.Generic;

namespace ModelBuild.Tasks;

/// <summary>
/// Hides instruction sets from the compiler's process, so that a test can prove that its output does not depend on the machine that builds. For tests only.
/// </summary>
internal static class InstructionSets
{
    /// <summary>The environment variable that names the best level that the compiler may use.</summary>
    public const string Variable = "MODELBUILD_ISA";

    // Disabling AVX2 hides FMA, AVX-VNNI and AVX-512 with it; disabling HWIntrinsic leaves scalar code.
    private static readonly Dictionary<string, string[]> Levels = new()
    {
        ["plain"] = ["DOTNET_EnableHWIntrinsic=0"],
        ["vector128"] = ["DOTNET_EnableAVX2=0"],
        ["avx2"] = ["DOTNET_EnableAVX512=0", "DOTNET_EnableAVXVNNI=0"],
        ["avxvnni"] = ["DOTNET_EnableAVX512=0"],
        ["avx512"] = [],
    };

    /// <summary>The known levels, for messages.</summary>
    public static string Names => string.Join(", ", Levels.Keys);

    /// <summary>Variables for the compiler's process, each as <c>NAME=VALUE</c>; none where no level is named. False for an unknown level.</summary>
    public static bool TryGetEnvironment(string? level, out IReadOnlyList<string> variables)
    {
        if (string.IsNullOrEmpty(level))
        {
            variables = [];
            return true;
        }

        var known = Levels.TryGetValue(level!, out var found);
        variables = found ?? [];
        return known;
    }
}
