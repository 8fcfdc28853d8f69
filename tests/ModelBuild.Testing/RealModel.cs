using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace ModelBuild.Testing;

/// <summary>A model found in the wild, with inputs and the outputs that ONNX Runtime gave for them.</summary>
public sealed class RealModel
{
    private readonly HashSet<string> _outputsNotStored;

    private RealModel(string directory, JsonElement meta)
    {
        Directory = directory;
        Name = meta.GetProperty("name").GetString()!;
        Category = meta.GetProperty("category").GetString()!;
        Inputs = TensorDescription.ReadAll(meta.GetProperty("inputs"));
        Outputs = TensorDescription.ReadAll(meta.GetProperty("outputs"));
        RunCount = meta.GetProperty("runs").GetInt32();
        Ops = [.. meta.GetProperty("ops").EnumerateObject().Select(p => p.Name)];
        _outputsNotStored = [.. meta.GetProperty("outputs_not_stored").EnumerateArray().Select(n => n.GetString()!)];
    }

    /// <summary>Ordered by name; empty where there is no test data.</summary>
    public static IReadOnlyList<RealModel> All { get; } = ReadAll();

    /// <summary>For [MemberData]: one row a model, and one that skips where there is no test data.</summary>
    public static IEnumerable<object[]> Names => All.Count == 0 ? [["none"]] : All.Select(m => new object[] { m.Name });

    public string Directory { get; }

    public string Name { get; }

    public string Category { get; }

    public string ModelPath => Path.Combine(Directory, "model.onnx");

    public IReadOnlyList<TensorDescription> Inputs { get; }

    public IReadOnlyList<TensorDescription> Outputs { get; }

    /// <summary>The operators used, with their domain (ai.onnx.ml::Scaler) where it is not ONNX's own.</summary>
    public IReadOnlyList<string> Ops { get; }

    public int RunCount { get; }

    /// <summary>The runs whose inputs are all stored: always the first, and the others unless they are large.</summary>
    public IEnumerable<ReferenceRun> Runs => Enumerable.Range(0, RunCount).Select(ReadRun).OfType<ReferenceRun>();

    public static RealModel Require(string name)
    {
        TestData.Require("real");
        RealModel? model = All.FirstOrDefault(m => m.Name == name);
        Skip.If(model is null, $"test data has no real model {name}");
        return model!;
    }

    public override string ToString() => $"{Category}/{Name}";

    private ReferenceRun? ReadRun(int run)
    {
        Tensor?[] inputs = [.. Enumerable.Range(0, Inputs.Count).Select(i => ReadTensor($"in_{run}_{i}"))];
        if (inputs.Contains(null))
        {
            return null;
        }

        IEnumerable<Tensor?> outputs = Outputs.Select((o, i) => _outputsNotStored.Contains(o.Name) ? null : ReadTensor($"out_{run}_{i}"));
        return new ReferenceRun(run, [.. inputs.Select(t => t!)], [.. outputs]);
    }

    private Tensor? ReadTensor(string stem)
    {
        string path = Path.Combine(Directory, stem);
        return File.Exists(path + ".npy") ? TensorNpy.Read(path + ".npy") : File.Exists(path + ".json") ? TensorNpy.Read(path + ".json") : null;
    }

    private static List<RealModel> ReadAll()
    {
        string root = Path.Combine(TestData.Root ?? string.Empty, "real");
        if (TestData.Root is null || !System.IO.Directory.Exists(root))
        {
            return [];
        }

        return [.. System.IO.Directory.EnumerateFiles(root, "meta.json", SearchOption.AllDirectories).Select(Read).OrderBy(m => m.Name, System.StringComparer.Ordinal)];
    }

    private static RealModel Read(string metaPath)
    {
        using JsonDocument meta = JsonDocument.Parse(File.ReadAllBytes(metaPath));
        return new RealModel(Path.GetDirectoryName(metaPath)!, meta.RootElement);
    }
}
