using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks.Sweep;

/// <summary>A model in a folder, with the inputs that lie beside it: <c>in_0_N.npy</c> (or <c>.json</c>, for texts), or the first sample of <c>x_test.npy</c>.</summary>
/// <param name="Path">The ONNX file.</param>
/// <param name="Inputs">One for each input, in the graph's order.</param>
internal sealed record SweepModel(string Path, IReadOnlyList<Tensor> Inputs)
{
    /// <summary>The name of the folder.</summary>
    public string Name => Directory.GetParent(Path)!.Name;

    /// <summary>The models in a folder and in those below it, by name.</summary>
    public static IEnumerable<SweepModel> Find(string folder) => Directory.EnumerateFiles(folder, "model.onnx", SearchOption.AllDirectories)
        .Select(path => new SweepModel(path, ReadInputs(Directory.GetParent(path)!.FullName)))
        .Where(model => model.Inputs.Count > 0)
        .OrderBy(model => model.Name, StringComparer.Ordinal);

    private static IReadOnlyList<Tensor> ReadInputs(string folder)
    {
        string samples = System.IO.Path.Combine(folder, "x_test.npy");
        if (File.Exists(samples))
        {
            return [TensorNpy.Read(samples).Slice(0, 1)];
        }

        return [.. Enumerable.Range(0, int.MaxValue)
            .Select(i => ((string[])["npy", "json"]).Select(kind => System.IO.Path.Combine(folder, FormattableString.Invariant($"in_0_{i}.{kind}"))).FirstOrDefault(File.Exists))
            .TakeWhile(path => path is not null)
            .Select(path => TensorNpy.Read(path!))];
    }
}
