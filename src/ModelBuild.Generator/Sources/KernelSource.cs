using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Generator.Sources;

/// <summary>One file of the kernel library.</summary>
internal sealed class KernelSource
{
    /// <param name="path">Path in the library, for example <c>DenseF32/DenseF32.Avx2.cs</c>.</param>
    /// <param name="text">The file.</param>
    public KernelSource(string path, string text)
    {
        Path = path.Replace('\\', '/');
        Text = text.TrimStart('\uFEFF');
        var tokens = SourceScanner.Tokens(Text);
        DeclaredNames = [.. SourceScanner.DeclaredNames(tokens).Distinct()];
        Mentioned = [.. tokens];
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>Types and extension methods that the file declares, or declares a part of.</summary>
    public IReadOnlyList<string> DeclaredNames { get; }

    /// <summary>All words of the file.</summary>
    public HashSet<string> Mentioned { get; }

    /// <summary>Weight packing runs when a model is compiled and never ships.</summary>
    public bool IsBuildTimeOnly => Path.EndsWith(".Pack.cs", StringComparison.Ordinal);

    /// <summary>The name of the emitted file: folder and file, once where the file repeats the folder.</summary>
    public string HintName
    {
        get
        {
            var parts = Path.Substring(0, Path.Length - ".cs".Length).Split('/');
            var file = parts[parts.Length - 1];
            var folder = parts.Length > 1 ? parts[parts.Length - 2] : file;
            return "ModelBuild.Kernels." + (file == folder || file.StartsWith(folder + ".", StringComparison.Ordinal) ? file : $"{folder}.{file}") + ".g.cs";
        }
    }
}
