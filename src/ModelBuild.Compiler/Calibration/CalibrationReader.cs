using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Calibration;

/// <summary>Reads the files of the options Calibration and Labels, and reports everything that is wrong with them in one run.</summary>
internal sealed class CalibrationReader
{
    private readonly Graph _graph;
    private readonly string _model;
    private readonly DiagnosticSink _sink;
    private readonly Dictionary<Value, List<InputSamples>> _found;

    private CalibrationReader(Graph graph, string model, DiagnosticSink sink)
    {
        _graph = graph;
        _model = model;
        _sink = sink;
        _found = graph.Inputs.ToDictionary(input => input, _ => new List<InputSamples>());
    }

    /// <summary>The samples; null where the options name none, or where <paramref name="sink"/> got errors.</summary>
    public static CalibrationSamples? Read(Graph graph, CompileOptions options, string model, DiagnosticSink sink)
    {
        if (options.Calibration.Count == 0)
        {
            return null;
        }

        var errors = sink.ErrorCount;
        var reader = new CalibrationReader(graph, model, sink);
        foreach (var file in CalibrationFiles.Expand(options.Calibration))
        {
            reader.ReadFile(file);
        }

        return sink.ErrorCount == errors ? reader.Combine(options.Labels) : null;
    }

    private void ReadFile(CalibrationFile file)
    {
        if (file.IsPattern || !File.Exists(file.Path))
        {
            Report(file.IsPattern ? CompressionDiagnostics.NoFileMatches : CompressionDiagnostics.SamplesNotFound, DiagnosticText.Quote(file.Path));
            return;
        }

        try
        {
            if (Path.GetExtension(file.Path).Equals(".npz", StringComparison.OrdinalIgnoreCase))
            {
                ReadArchive(file);
            }
            else
            {
                Add(file, InputOf(file, file.Input), NpyTensors.Read(file.Path));
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Report(CompressionDiagnostics.SamplesUnreadable, DiagnosticText.Quote(file.Path), exception.Message);
        }
    }

    private void ReadArchive(CalibrationFile file)
    {
        using var archive = NpzFile.Open(file.Path);

        // An archive with one array needs no name that fits; with several, each name is an input's.
        foreach (var name in archive.Names)
        {
            var single = archive.Names.Count == 1 && _graph.Inputs.Count == 1;
            var input = InputOf(file, file.Input ?? (single ? null : name));
            if (input is not null)
            {
                Add(file, input, NpyTensors.ToTensor(archive.Read(name)));
            }
        }
    }

    private Value? InputOf(CalibrationFile file, string? name)
    {
        var input = name is null ? (_graph.Inputs.Count == 1 ? _graph.Inputs[0] : null) : _graph.Inputs.FirstOrDefault(value => value.Name == name);
        if (input is null)
        {
            var names = string.Join(", ", _graph.Inputs.Select(value => DiagnosticText.Quote(value.Name)));
            Report(CompressionDiagnostics.NotAnInput, DiagnosticText.Quote(file.Path), name is null ? "(none)" : DiagnosticText.Quote(name), $"the inputs {names}");
        }

        return input;
    }

    private void Add(CalibrationFile file, Value? input, Tensor tensor)
    {
        if (input is null)
        {
            return;
        }

        var (path, type) = (DiagnosticText.Quote(file.Path), input.Type);
        var isWhole = tensor.Dims.Count == type.Rank + 1;
        var expected = isWhole ? type.Shape : type.Shape.Skip(1);
        if (!(isWhole || tensor.Dims.Count == type.Rank) || tensor.Dims.Count == 0 || !Fits(tensor.Dims.Skip(1), expected))
        {
            Report(CompressionDiagnostics.SamplesMisshapen, path, DiagnosticText.Quote(input.Name), Expected(type), string.Join(",", tensor.Dims));
        }
        else if (LosslessConversion.Convert(tensor, type.Element, out var lost) is not { } converted)
        {
            Report(CompressionDiagnostics.SamplesInexact, path, DiagnosticText.Quote(input.Name), type.Element.ShortName(), tensor.Type.ShortName(), lost);
        }
        else if (FirstNotFinite(converted) is var index and >= 0)
        {
            var value = converted.Type == ElementType.Float ? converted.As<float>()[index] : converted.Type == ElementType.Float16 ? (double)converted.As<Half>()[index] : converted.As<double>()[index];
            Report(CompressionDiagnostics.SamplesNotFinite, path, index, value.ToString(CultureInfo.InvariantCulture));
        }
        else if (_found[input] is [var before, ..] && (before.IsWhole != isWhole || !before.Data.Dims.Skip(1).SequenceEqual(converted.Dims.Skip(1))))
        {
            Report(CompressionDiagnostics.SamplesMisshapen, path, DiagnosticText.Quote(input.Name), $"[samples,{string.Join(",", before.Data.Dims.Skip(1))}] as in the files before", string.Join(",", tensor.Dims));
        }
        else if (converted.Dims[0] > 0)
        {
            _found[input].Add(new InputSamples(converted, isWhole));
        }
    }

    private bool Fits(IEnumerable<long> sizes, IEnumerable<Dim> dims)
    {
        foreach (var (size, dim) in sizes.Zip(dims))
        {
            var symbol = _graph.Symbols.FirstOrDefault(s => Dim.Symbol(s.Name).Equals(dim));
            if (dim.IsConstant ? dim.Constant != size : symbol is not null && (size < symbol.Min || size > symbol.Max))
            {
                return false;
            }
        }

        return true;
    }

    private static string Expected(TensorType type)
    {
        var whole = $"[samples{string.Concat(type.Shape.Select(dim => $",{dim}"))}]";
        return type.Rank == 0 ? whole : $"[samples{string.Concat(type.Shape.Skip(1).Select(dim => $",{dim}"))}] or {whole}";
    }

    private static int FirstNotFinite(Tensor tensor)
    {
        for (var i = 0; i < tensor.Length; i++)
        {
            var isFinite = tensor.Type switch
            {
                ElementType.Float => float.IsFinite(tensor.As<float>()[i]),
                ElementType.Double => double.IsFinite(tensor.As<double>()[i]),
                ElementType.Float16 => Half.IsFinite(tensor.As<Half>()[i]),
                _ => true,
            };
            if (!isFinite)
            {
                return i;
            }
        }

        return -1;
    }

    private CalibrationSamples? Combine(string? labels)
    {
        var missing = _graph.Inputs.Where(input => _found[input].Count == 0 && (input.Default is not { } standard || InputSamples.Repeat(standard, 0) is null)).Select(input => $"input {DiagnosticText.Quote(input.Name)}").ToArray();
        if (missing.Length > 0)
        {
            Report(CompressionDiagnostics.SamplesMissing, string.Join(", ", missing));
            return null;
        }

        var count = _graph.Inputs.Where(input => _found[input].Count > 0).Select(input => _found[input].Sum(samples => samples.Count)).FirstOrDefault();
        var inputs = _graph.Inputs.Select(input => _found[input].Count > 0 ? Join(_found[input]) : InputSamples.Repeat(input.Default!, count)!).ToArray();
        if (inputs.Select(input => input.Count).Distinct().Count() > 1)
        {
            Report(CompressionDiagnostics.SampleCountsDiffer, string.Join(", ", _graph.Inputs.Zip(inputs, (input, samples) => $"{DiagnosticText.Quote(input.Name)} has {samples.Count}")));
            return null;
        }

        var sizes = CalibrationSamples.RunSizes(_graph, [.. inputs.Select(input => input.IsWhole)]);
        var classes = labels is null ? null : ReadLabels(labels, inputs[0].Count);
        var result = new CalibrationSamples(inputs, sizes, classes, isGenerated: false);
        if (result.Count == 0)
        {
            Report(CompressionDiagnostics.NoSamples, string.Create(CultureInfo.InvariantCulture, $"the model takes {sizes.Min} samples at a time, and there are {inputs[0].Count}"));
            return null;
        }

        return labels is not null && classes is null ? null : result;
    }

    private static InputSamples Join(List<InputSamples> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        var bytes = new byte[parts.Sum(part => (long)part.Data.Bytes.Length)];
        var position = 0;
        foreach (var part in parts)
        {
            part.Data.Bytes.CopyTo(bytes.AsSpan(position));
            position += part.Data.Bytes.Length;
        }

        return parts[0] with { Data = new Tensor(parts[0].Data.Type, [parts.Sum(part => part.Data.Dims[0]), .. parts[0].Data.Dims.Skip(1)], bytes) };
    }

    private long[]? ReadLabels(string path, int samples)
    {
        try
        {
            var tensor = NpyTensors.Read(path);
            var lost = "not a number";
            if (tensor.Length == samples && LosslessConversion.Convert(tensor, ElementType.Int64, out lost) is { } classes)
            {
                return classes.ToInt64();
            }

            Report(CompressionDiagnostics.LabelsUnusable, DiagnosticText.Quote(path), tensor.Length != samples ? $"there are {tensor.Length} for {samples} samples" : $"{lost} is not an integer");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Report(CompressionDiagnostics.LabelsUnusable, DiagnosticText.Quote(path), exception.Message);
        }

        return null;
    }

    private void Report(DiagnosticDescriptor descriptor, params object?[] arguments) => _sink.Add(descriptor.Create(_model, null, arguments));
}
