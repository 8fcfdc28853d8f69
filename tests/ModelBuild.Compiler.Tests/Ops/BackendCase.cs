using System.Collections.Generic;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>One case of ONNX's own backend tests: a model, and the outputs that ONNX says it has for given inputs.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Model">The model file.</param>
/// <param name="Inputs">One tensor file for each input.</param>
/// <param name="Outputs">One tensor file for each output.</param>
internal sealed record BackendCase(string Name, byte[] Model, IReadOnlyList<byte[]> Inputs, IReadOnlyList<byte[]> Outputs)
{
    private const string FirstDataSet = "test_data_set_0";

    /// <summary>Reads the packed cases; those without data are left out.</summary>
    public static IReadOnlyList<BackendCase> ReadAll(string tarXz)
    {
        var files = ReadTar(tarXz).Where(file => file.Path.Count(c => c == '/') > 1).GroupBy(file => string.Join('/', file.Path.Split('/').Take(2)));
        return [.. files.Select(OfFolder).OfType<BackendCase>().OrderBy(item => item.Name, System.StringComparer.Ordinal)];
    }

    /// <summary>The tensor, or null where its type is one that the compiler has no memory for.</summary>
    public static Tensor? ToTensor(byte[] file, string name)
    {
        // A sequence or an optional reads as a tensor without a type.
        var tensor = OnnxReader.ReadTensor(file, name, new DiagnosticSink());
        return tensor is null ? null : AttributeImporter.ToTensor(tensor);
    }

    private static BackendCase? OfFolder(IGrouping<string, (string Path, byte[] Bytes)> folder)
    {
        var files = folder.ToDictionary(file => file.Path[(folder.Key.Length + 1)..], file => file.Bytes);
        return files.TryGetValue("model.onnx", out var model) && files.Keys.Any(path => path.StartsWith(FirstDataSet, System.StringComparison.Ordinal))
            ? new BackendCase(folder.Key, model, Numbered(files, "input"), Numbered(files, "output"))
            : null;
    }

    private static List<byte[]> Numbered(Dictionary<string, byte[]> files, string kind)
    {
        var found = new List<byte[]>();
        while (files.TryGetValue($"{FirstDataSet}/{kind}_{found.Count}.pb", out var bytes))
        {
            found.Add(bytes);
        }

        return found;
    }

    private static List<(string Path, byte[] Bytes)> ReadTar(string tarXz)
    {
        var files = new List<(string, byte[])>();
        using var unpack = Process.Start(new ProcessStartInfo("xz", ["-dc", tarXz]) { RedirectStandardOutput = true })!;
        using var tar = new TarReader(unpack.StandardOutput.BaseStream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                using var bytes = new MemoryStream();
                data.CopyTo(bytes);
                files.Add((entry.Name, bytes.ToArray()));
            }
        }

        return files;
    }
}
