using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Verification;

/// <summary>Reads the data of a case.</summary>
internal static class CaseReader
{
    // Samples of a test set that are run at once, where the model takes a batch.
    private const int TestBatch = 64;

    /// <summary>The runs of the case, read one after the other.</summary>
    /// <exception cref="InvalidDataException">A file is missing, or is not what the model takes.</exception>
    public static IEnumerable<CaseRun> Read(VerifyCase item, OnnxModel model, Graph graph) => item.Layout switch
    {
        CaseLayout.Protobuf => Protobuf(item, model.Graph),
        CaseLayout.Numpy => Numpy(item, graph),
        CaseLayout.TestSet => TestSet(item, graph),
        _ => Light(item, graph),
    };

    private static IEnumerable<CaseRun> Protobuf(VerifyCase item, OnnxGraph graph)
    {
        var folders = Directory.EnumerateDirectories(Path.GetDirectoryName(item.Model)!, "test_data_set_*").Order(StringComparer.Ordinal);
        var defaults = graph.Initializers.Select(initializer => initializer.Name).Concat(graph.SparseInitializers.Select(initializer => initializer.Values.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            var inputs = graph.Inputs.Where(input => !defaults.Contains(input.Name)).SelectMany((input, index) => Value(Path.Combine(folder, $"input_{index}.pb"), input.Type));
            var outputs = graph.Outputs.SelectMany((output, index) => Value(Path.Combine(folder, $"output_{index}.pb"), output.Type)).Select(tensor => (Tensor?)tensor);
            yield return new CaseRun(Path.GetFileName(folder), [.. inputs], [.. outputs]);
        }
    }

    private static IEnumerable<CaseRun> Numpy(VerifyCase item, Graph graph)
    {
        var folder = Path.GetDirectoryName(item.Model)!;
        for (var run = 0; ; run++)
        {
            string File(string role, int index, string extension) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{role}_{run}_{index}.{extension}"));
            var inputs = graph.Inputs.Select((_, index) => Find(File("in", index, "npy"), File("in", index, "json"))).ToArray();
            if (inputs.Any(input => input is null))
            {
                // A run whose inputs are too large to be stored is no run; the first one must be there.
                if (run == 0)
                {
                    throw new InvalidDataException($"{File("in", Array.IndexOf(inputs, null), "npy")} does not exist.");
                }

                yield break;
            }

            yield return new CaseRun($"run {run}", [.. inputs.Select(input => input!)], [.. graph.Outputs.Select((_, index) => Find(File("out", index, "npy"), File("out", index, "json")))]);
            if (graph.Inputs.Count == 0)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<CaseRun> TestSet(VerifyCase item, Graph graph)
    {
        var folder = Path.GetDirectoryName(item.Model)!;
        var samples = NpyTensors.Read(Path.Combine(folder, "x_test.npy"));
        var outputs = graph.Outputs.Select((_, index) => Find(Path.Combine(folder, $"ort_test_out_{index}.npy"), null)).ToArray();
        var batch = graph.Inputs[0].Type[0] is { IsConstant: true } size ? size.Constant : TestBatch;
        for (var first = 0L; first + batch <= samples.Dims[0]; first += batch)
        {
            yield return new CaseRun($"samples {first} to {first + batch - 1}", [Rows(samples, first, batch)], [.. outputs.Select(output => output is null ? null : Rows(output, first, batch))]);
        }
    }

    private static IEnumerable<CaseRun> Light(VerifyCase item, Graph graph)
    {
        var inputs = graph.Inputs.Select(input => Counted([.. input.Type.Shape.Select(dim => dim.IsConstant ? dim.Constant : 1)]));
        yield return new CaseRun("run", [.. inputs], [Message($"{item.Model[..^".onnx".Length]}_output_0.pb"), .. Enumerable.Repeat<Tensor?>(null, graph.Outputs.Count - 1)]);
    }

    private static Tensor Counted(long[] dims)
    {
        var values = new float[dims.Aggregate(1L, (product, dim) => product * dim)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((double)i / values.Length);
        }

        return Tensor.Of<float>(values, dims);
    }

    private static Tensor Rows(Tensor tensor, long first, long count)
    {
        var size = tensor.Bytes.Length / (int)tensor.Dims[0];
        return new Tensor(tensor.Type, [count, .. tensor.Dims.Skip(1)], tensor.Bytes.Slice((int)first * size, (int)count * size).ToArray());
    }

    private static Tensor? Find(string array, string? text) => File.Exists(array) ? NpyTensors.Read(array) : text is not null && File.Exists(text) ? Text(text) : null;

    private static Tensor Message(string path)
    {
        var sink = new DiagnosticSink();
        return OnnxReader.ReadTensor(File.ReadAllBytes(path), path, sink) is { } tensor && AttributeImporter.ToTensor(tensor) is { } value
            ? value
            : throw new InvalidDataException(sink.All.Count > 0 ? sink.All[0].Message : $"{path} holds no tensor of a type that can be read.");
    }

    // A sequence or a map has a tensor for each of its parts, as the graph has.
    private static IReadOnlyList<Tensor> Value(string path, OnnxType? type)
    {
        var kind = Import.TypeImporter.KindOf(type);
        var isMaps = type is OnnxSequenceType { Element: OnnxMapType };
        if (kind == ValueKind.Tensor && !isMaps)
        {
            return [Message(path)];
        }

        var sink = new DiagnosticSink();
        return OnnxReader.ReadValue(File.ReadAllBytes(path), type!, path, sink) is { } value
            ? isMaps ? [SequenceValues.Rows(value, type!)] : SequenceValues.Parts(value, type!)
            : throw new InvalidDataException(sink.All.Count > 0 ? sink.All[0].Message : $"{path} holds no value of a type that can be read.");
    }

    private static Tensor Text(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var dims = document.RootElement.GetProperty("dims").EnumerateArray().Select(dim => dim.GetInt64()).ToArray();
        var data = document.RootElement.GetProperty("data").EnumerateArray().Select(item => item.GetString() ?? string.Empty).ToArray();
        return Tensor.Of(data, dims);
    }
}
