using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelBuild.Compiler.Options;

/// <summary>An option: its name is the metadata of the project's item and, in lower case with hyphens, the option of the command line.</summary>
/// <param name="Name">The name of the metadata.</param>
/// <param name="Values">What may be given, for the documentation and for errors.</param>
/// <param name="Summary">What it does, in a sentence or two.</param>
/// <param name="Apply">Sets it; throws <see cref="FormatException"/> where the value is not allowed.</param>
internal sealed record OptionDefinition(string Name, string Values, string Summary, Func<CompileOptions, string, CompileOptions> Apply)
{
    /// <summary>Whether the value names files, whose contents count and not their paths.</summary>
    public bool IsFiles { get; init; }

    /// <summary>The form on the command line, for example <c>--sparsity-threshold</c>.</summary>
    public string Flag => "--" + string.Concat(Name.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}

/// <summary>The only place where options are defined; the command line, the project's items and docs/options.md are made from it.</summary>
internal static class OptionTable
{
    public static readonly IReadOnlyList<OptionDefinition> All =
    [
        new("Bits", "32, 16 or 8, after it layer=width pairs, separated by ';'; * and ? match",
            "Width of the weights. 8 quantizes weights and activations to 8-bit integers, 16 stores weights as half-precision floats, 32 changes nothing. A layer is named as its node in the model; the last pair that matches counts.",
            (options, text) => List(text) is [var all, .. var layers] ? options with { Bits = Width(all), LayerBits = [.. layers.Select(Layer)] } : throw new FormatException()),
        new("Calibration", "paths of .npy or .npz files, or name=path pairs, separated by ';'; * and ? match", "Samples of the input (along the first axis of an array), from which the ranges of activations are taken.",
            (options, text) => options with { Calibration = List(text) }) { IsFiles = true },
        new("Labels", "path of a .npy file", "The class of each calibration sample; with it, the report shows accuracy before and after.",
            (options, text) => options with { Labels = text }) { IsFiles = true },
        new("Activations", "auto, static or dynamic", "Where the ranges of 8-bit activations come from: static from Calibration, dynamic from the values of each call. auto is static with Calibration and dynamic without.",
            (options, text) => options with { Activations = Choice(text, ("auto", ActivationRanges.Auto), ("static", ActivationRanges.Static), ("dynamic", ActivationRanges.Dynamic)) }),
        new("Ranges", "minmax or percentile", "How static ranges are taken: all values, or without the outermost ones.",
            (options, text) => options with { Ranges = Choice(text, ("minmax", RangeMethod.MinMax), ("percentile", RangeMethod.Percentile)) }),
        new("Percentile", "50 to 100", "With Ranges=percentile, the share of the values, in per cent, that a range covers on each side.",
            (options, text) => options with { Percentile = Number(text, 50, 100) }),
        new("Sparsity", "0 to 0.99", "The fraction of each layer's weights to remove, the least important first.",
            (options, text) => options with { Sparsity = Number(text, 0, 0.99) }),
        new("SparsityThreshold", "0 or more", "Removes weights (or blocks, by their mean) whose magnitude is below this.",
            (options, text) => options with { SparsityThreshold = Number(text, 0, double.MaxValue) }),
        new("SparsityPattern", "1x1, or rows x columns such as 1x16", "What is removed as a whole: single weights, or blocks of so many inputs by so many outputs.",
            (options, text) => options with { SparsityPattern = Block(text) }),
        new("SparsityNorm", "L1 or L2", "The norm that measures how important a weight or block is.",
            (options, text) => options with { SparsityNorm = Choice(text, ("L1", Importance.L1), ("L2", Importance.L2)) }),
        new("Dimensions", "name=size or name=min..max, separated by ';'", "Fixes or bounds symbolic dimensions of the inputs, by their names in the model.",
            (options, text) => options with { Dimensions = List(text).Select(Dimension).ToDictionary(pair => pair.Name, pair => pair.Bounds) }),
        new("Outputs", "names, separated by ';'", "The outputs to compute, in this order; what only others need is left out. All outputs where it is not set.",
            (options, text) => options with { Outputs = List(text) }),
        new("OptionalInputs", "names, separated by ';'", "Inputs for which the model has a value, and which become parameters all the same: an empty span takes the model's value. Other inputs with a value are constants.",
            (options, text) => options with { OptionalInputs = List(text) }),
        new("States", "input=output, separated by ';'", "Pairs of an input and the output that is its value in the next run of a stream. The class gets a nested class States, which carries them from call to call.",
            (options, text) => options with { States = [.. List(text).Select(Pair)] }),
        new("Threads", "1 to 64, or auto", "The most threads that one call of the model uses, the caller's among them. auto (or 0) is one for each processor of the machine that runs it, up to 16. Results are the same bits with any number; steps that are too short to share, which take less than some 4 µs, stay on the caller's.",
            (options, text) => options with { Threads = text.Equals("auto", StringComparison.OrdinalIgnoreCase) ? 0 : (int)Integer(text, 0, 64) }),
        new("MinSqnr", "decibels", "The build fails when the compressed model's outputs have a smaller signal-to-quantization-noise ratio on the calibration samples.",
            (options, text) => options with { MinSqnr = Number(text, -200, 200) }),
        new("MaxAccuracyDrop", "0 to 100, points", "The build fails when accuracy on the labelled calibration samples falls by more.",
            (options, text) => options with { MaxAccuracyDrop = Number(text, 0, 100) }),
    ];

    /// <summary>The option of that name, whatever the case of its letters.</summary>
    public static OptionDefinition? Find(string name) => All.FirstOrDefault(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static T Choice<T>(string text, params (string Name, T Value)[] choices)
    {
        foreach (var (name, value) in choices)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw new FormatException();
    }

    private static Precision Width(string text) => Choice(text, ("32", Precision.Float32), ("16", Precision.Float16), ("8", Precision.Int8));

    // Names of nodes may hold equals signs, widths do not.
    private static LayerBits Layer(string text) =>
        text.LastIndexOf('=') is var equals and > 0 ? new LayerBits(text[..equals].TrimEnd(), Width(text[(equals + 1)..].TrimStart())) : throw new FormatException();

    private static double Number(string text, double min, double max) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : throw new FormatException();

    private static long Integer(string text, long min, long max) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : throw new FormatException();

    private static string[] List(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (int Rows, int Columns) Block(string text) => text.Split('x') is [var rows, var columns] ? ((int)Integer(rows, 1, 64), (int)Integer(columns, 1, 64)) : throw new FormatException();

    private static (string Input, string Output) Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals + 1 < text.Length ? (text[..equals].TrimEnd(), text[(equals + 1)..].TrimStart()) : throw new FormatException();
    }

    private static (string Name, (long Min, long Max) Bounds) Dimension(string text)
    {
        var equals = text.LastIndexOf('=');
        if (equals <= 0)
        {
            throw new FormatException();
        }

        var bounds = text[(equals + 1)..].Split("..");
        var (min, max) = (Integer(bounds[0], 1, int.MaxValue), Integer(bounds[^1], 1, int.MaxValue));
        return bounds.Length <= 2 && min <= max ? (text[..equals], (min, max)) : throw new FormatException();
    }
}
