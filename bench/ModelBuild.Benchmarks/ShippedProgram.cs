using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelBuild.Testing;
using ModelBuild.Testing.OnnxRuntime;

namespace ModelBuild.Benchmarks;

/// <summary>A program of bench/FirstResult that was published.</summary>
/// <param name="file">The executable.</param>
internal sealed class ShippedProgram(string file)
{
    /// <summary>All that lies beside the program, itself included.</summary>
    public long Bytes { get; } = Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);

    /// <summary>Null where it was not published: not every machine can link a native program.</summary>
    /// <param name="folder">Its project's folder in bench/FirstResult.</param>
    /// <param name="host">The kind.</param>
    public static ShippedProgram? Find(string folder, Host host)
    {
        string root = RepositoryRoot.Combine("bench", "FirstResult", folder, "bin", host.ToString(), "Release");
        string name = OperatingSystem.IsWindows() ? "first-result.exe" : "first-result";
        string? file = Directory.Exists(root)
            ? Directory.EnumerateFiles(root, name, SearchOption.AllDirectories).FirstOrDefault(f => Path.GetFileName(Path.GetDirectoryName(f)) == "publish")
            : null;
        return file is null ? null : new ShippedProgram(file);
    }

    /// <summary>Runs it: milliseconds from its start to its first line, which says that the result is there, and its own word for its peak memory.</summary>
    public (double Milliseconds, long PeakBytes) Run(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(file, arguments) { RedirectStandardOutput = true };
        start.Environment["MODELBUILD_ONNXRUNTIME"] = OrtLibrary.Path;
        Stopwatch clock = Stopwatch.StartNew();
        using Process child = Process.Start(start)!;
        string? first = child.StandardOutput.ReadLine();
        double milliseconds = clock.Elapsed.TotalMilliseconds;
        string? peak = child.StandardOutput.ReadLine();
        child.WaitForExit();
        return child.ExitCode == 0 && first is not null
            ? (milliseconds, long.Parse(peak!, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"The program {file} {string.Join(' ', start.ArgumentList)} failed.");
    }
}
