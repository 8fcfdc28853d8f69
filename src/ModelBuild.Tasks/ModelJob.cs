using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace ModelBuild.Tasks;

/// <summary>One model to compile: its file, its class, its options, and where the results go.</summary>
internal sealed class ModelJob
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _options;
    private readonly IReadOnlyList<string> _files;
    private readonly string _compiler;
    private readonly string _directory;

    /// <param name="model">The model's full path.</param>
    /// <param name="className">A C# identifier.</param>
    /// <param name="classNamespace">A C# namespace; empty for none.</param>
    /// <param name="options">Options of the compiler, in the order in which they are passed on.</param>
    /// <param name="files">Full paths of the files among the options, for the check whether the results are up to date.</param>
    /// <param name="compiler">Full path of the compiler.</param>
    /// <param name="outputDirectory">The folder that all jobs of the project share.</param>
    public ModelJob(
        string model,
        string className,
        string classNamespace,
        IReadOnlyList<KeyValuePair<string, string>> options,
        IReadOnlyList<string> files,
        string compiler,
        string outputDirectory)
    {
        Model = model;
        ClassName = className;
        Namespace = classNamespace;
        _options = options;
        _files = files;
        _compiler = compiler;
        _directory = Path.Combine(outputDirectory, Fingerprint());
    }

    public string Model { get; }

    public string ClassName { get; }

    public string Namespace { get; }

    public string FullName => Namespace.Length == 0 ? ClassName : $"{Namespace}.{ClassName}";

    /// <summary>The name under which the weights are embedded in the assembly, where class names are unique.</summary>
    public string ResourceName => $"{FullName}.weights";

    public string Plan => Result(".plan");

    public string SignaturePlan => Result(".signature.plan");

    public string Weights => Result(".weights");

    /// <summary>One line of the compiler's response file.</summary>
    public string CommandLine(bool signatureOnly)
    {
        var line = new StringBuilder("compile ").Append(Quote(Model));
        Append(line, "--out", _directory);
        Append(line, "--name", ClassName);
        Append(line, "--class", ClassName);
        Append(line, "--namespace", Namespace);
        Append(line, "--resource", ResourceName);
        foreach (var option in _options)
        {
            Append(line, "--set", $"{option.Key}={option.Value}");
        }

        return signatureOnly ? line.Append(" --signature-only").ToString() : line.ToString();
    }

    /// <summary>Why the compiler must run, or null when its results are newer than everything that they were made from.</summary>
    public string? OutOfDateBecause(bool signatureOnly)
    {
        string[] results = signatureOnly ? [SignaturePlan] : [Plan, Weights];
        var missing = Array.Find(results, result => !File.Exists(result));
        if (missing is not null)
        {
            return $"\"{missing}\" does not exist";
        }

        // The results themselves keep their old time when the compiler finds nothing to change, so that nothing after it runs again.
        var stamp = StampFile(signatureOnly);
        if (!File.Exists(stamp))
        {
            return "its last run did not end";
        }

        var made = File.GetLastWriteTimeUtc(stamp);
        var newer = InputFiles().FirstOrDefault(input => !File.Exists(input) || File.GetLastWriteTimeUtc(input) > made);
        return newer is null ? null : $"\"{newer}\" changed";
    }

    /// <summary>Records that the results are those of the inputs as they were at <paramref name="time"/>.</summary>
    public void Stamp(bool signatureOnly, DateTime time)
    {
        var stamp = StampFile(signatureOnly);
        File.WriteAllText(stamp, string.Empty);
        File.SetLastWriteTimeUtc(stamp, time);
    }

    /// <summary>The model, the samples, what the compiler itself says that it read, and the compiler.</summary>
    public IEnumerable<string> InputFiles()
    {
        var list = Result(".inputs");
        var read = File.Exists(list) ? File.ReadAllLines(list).Where(line => line.Length > 0) : [];
        return new[] { Model }.Concat(_files).Concat(read).Concat(CompilerFiles());
    }

    private static void Append(StringBuilder line, string option, string value) => line.Append(' ').Append(option).Append(' ').Append(Quote(value));

    private static string Quote(string value) => $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    // With the assemblies beside it: where they are built from source, a change in one of them need not change the compiler's own.
    private IEnumerable<string> CompilerFiles() => Directory.EnumerateFiles(Path.GetDirectoryName(_compiler), "*.dll");

    private string StampFile(bool signatureOnly) => Result(signatureOnly ? ".signature.stamp" : ".stamp");

    private string Result(string extension) => Path.Combine(_directory, ClassName + extension);

    /// <summary>
    /// Names the job's folder after its options: builds whose options differ, such as two target frameworks or Debug and Release, never overwrite each other's
    /// results, and a changed option needs no record of the old one to be noticed.
    /// </summary>
    private string Fingerprint()
    {
        var lines = new[] { Model, FullName, _compiler }.Concat(_options.Select(option => $"{option.Key}={option.Value}"));
        using var hash = SHA256.Create();
        var bytes = hash.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", lines)));
        return string.Concat(bytes.Take(4).Select(value => value.ToString("x2")));
    }
}
