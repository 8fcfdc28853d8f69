using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>
/// Finds the native library of ONNX Runtime: where MODELBUILD_ONNXRUNTIME says (a file, or the directory that holds it), else in
/// an onnxruntime-node package (build/install-onnxruntime.sh puts one under bench/.onnxruntime), else in a restored
/// Microsoft.ML.OnnxRuntime package.
/// </summary>
public static class OrtLibrary
{
    public const string NotFound = "ONNX Runtime not found; run build/install-onnxruntime.sh or set MODELBUILD_ONNXRUNTIME to its native library";

    private static readonly string Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    // The name of the npm package's directory, of NuGet's runtime identifier, and of the file.
    private static readonly (string Npm, string Rid, string Pattern) Platform =
        OperatingSystem.IsWindows() ? ("win32", "win", "onnxruntime.dll")
        : OperatingSystem.IsMacOS() ? ("darwin", "osx", "libonnxruntime*.dylib")
        : ("linux", "linux", "libonnxruntime.so*");

    /// <summary>The file to load, or null where there is none.</summary>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("MODELBUILD_ONNXRUNTIME");
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named) ? named : FileIn(named);
        }

        return Directories().Select(FileIn).FirstOrDefault(f => f is not null);
    }

    private static IEnumerable<string> Directories()
    {
        foreach (string parent in (string[])[RepositoryRoot.Combine("bench", ".onnxruntime"), RepositoryRoot.Path])
        {
            string binaries = System.IO.Path.Combine(parent, "node_modules", "onnxruntime-node", "bin");
            foreach (string api in Subdirectories(binaries))
            {
                yield return System.IO.Path.Combine(api, Platform.Npm, Architecture);
            }
        }

        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string version in Subdirectories(System.IO.Path.Combine(packages, "microsoft.ml.onnxruntime")))
        {
            yield return System.IO.Path.Combine(version, "runtimes", $"{Platform.Rid}-{Architecture}", "native");
        }
    }

    /// <summary>Newest first, as far as names tell.</summary>
    private static IEnumerable<string> Subdirectories(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateDirectories(directory).OrderDescending(StringComparer.Ordinal) : [];

    private static string? FileIn(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, Platform.Pattern).Order(StringComparer.Ordinal).FirstOrDefault() : null;
}
