using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace ModelBuild.Testing;

/// <summary>A model trained for the tests, with a labelled test set and calibration samples. Each has one input.</summary>
public sealed class TrainedModel
{
    private TrainedModel(string directory, JsonElement meta)
    {
        Directory = directory;
        Name = meta.GetProperty("name").GetString()!;
        Metric = meta.GetProperty("metric").GetString()!;
        OrtMetric = meta.GetProperty("ort_metric_on_test_file").GetDouble();
        DynamicBatch = meta.GetProperty("dynamic_batch").GetBoolean();
        Inputs = TensorDescription.ReadAll(meta.GetProperty("inputs"));
        Outputs = TensorDescription.ReadAll(meta.GetProperty("outputs"));
    }

    /// <summary>Ordered by name; empty where there is no test data.</summary>
    public static IReadOnlyList<TrainedModel> All { get; } = ReadAll();

    /// <summary>For [MemberData]: one row a model, and one that skips where there is no test data.</summary>
    public static IEnumerable<object[]> Names => All.Count == 0 ? [["none"]] : All.Select(m => new object[] { m.Name });

    public string Directory { get; }

    public string Name { get; }

    public string ModelPath => Path.Combine(Directory, "model.onnx");

    public string CalibrationPath => Path.Combine(Directory, "x_calib.npy");

    public IReadOnlyList<TensorDescription> Inputs { get; }

    public IReadOnlyList<TensorDescription> Outputs { get; }

    /// <summary>What <see cref="OrtMetric"/> measures: accuracy, or RMSE with its unit.</summary>
    public string Metric { get; }

    /// <summary>What ONNX Runtime reaches on the test set.</summary>
    public double OrtMetric { get; }

    /// <summary>False where the model takes one sample at a time.</summary>
    public bool DynamicBatch { get; }

    /// <summary>The test set's inputs, samples first.</summary>
    public Tensor TestInputs => Read("x_test.npy");

    /// <summary>The test set's labels: class numbers (int64) or target values (float).</summary>
    public Tensor TestLabels => Read("y_test.npy");

    public Tensor CalibrationInputs => Read("x_calib.npy");

    public Tensor CalibrationLabels => Read("y_calib.npy");

    public static TrainedModel Require(string name)
    {
        TestData.Require("trained");
        TrainedModel? model = All.FirstOrDefault(m => m.Name == name);
        Skip.If(model is null, $"test data has no trained model {name}");
        return model!;
    }

    /// <summary>What ONNX Runtime gave for the whole test set.</summary>
    public Tensor OrtOutputs(int output = 0) => Read($"ort_test_out_{output}.npy");

    public override string ToString() => Name;

    private Tensor Read(string file) => TensorNpy.Read(Path.Combine(Directory, file));

    private static List<TrainedModel> ReadAll()
    {
        string root = Path.Combine(TestData.Root ?? string.Empty, "trained");
        if (TestData.Root is null || !System.IO.Directory.Exists(root))
        {
            return [];
        }

        return [.. System.IO.Directory.EnumerateFiles(root, "meta.json", SearchOption.AllDirectories).Select(ReadMeta).OrderBy(m => m.Name, System.StringComparer.Ordinal)];
    }

    private static TrainedModel ReadMeta(string metaPath)
    {
        using JsonDocument meta = JsonDocument.Parse(File.ReadAllBytes(metaPath));
        return new TrainedModel(Path.GetDirectoryName(metaPath)!, meta.RootElement);
    }
}
