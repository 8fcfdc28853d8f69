using System.Collections.Generic;
using System.Globalization;
using System.IO.Enumeration;
using System.Linq;

namespace ModelBuild.Compiler.Options;

/// <summary>How wide weights and activations are.</summary>
internal enum Precision
{
    /// <summary>32-bit floats: nothing is quantized.</summary>
    Float32 = 32,

    /// <summary>Weights are stored as 16-bit floats; arithmetic is 32-bit.</summary>
    Float16 = 16,

    /// <summary>8-bit weights and activations.</summary>
    Int8 = 8,
}

/// <summary>The width of some layers.</summary>
/// <param name="Pattern">The name of their ONNX nodes, in which * stands for any letters and ? for one.</param>
/// <param name="Bits">The width.</param>
internal sealed record LayerBits(string Pattern, Precision Bits)
{
    /// <summary>Whether a node that came from ONNX nodes of these names is one of them.</summary>
    public bool Matches(IEnumerable<string> names) => names.Any(name => FileSystemName.MatchesSimpleExpression(Pattern, name, ignoreCase: false));
}

/// <summary>How the ranges of quantized activations are found.</summary>
internal enum ActivationRanges
{
    /// <summary>Static with calibration samples, dynamic without.</summary>
    Auto,

    /// <summary>From calibration samples, at build time.</summary>
    Static,

    /// <summary>From the values of each call, at run time.</summary>
    Dynamic,
}

/// <summary>How static ranges are taken from the histograms of the calibration.</summary>
internal enum RangeMethod
{
    /// <summary>From the smallest to the largest value.</summary>
    MinMax,

    /// <summary>Without the outermost values on each side, as many as <see cref="CompileOptions.Percentile"/> leaves.</summary>
    Percentile,
}

/// <summary>Which weights count least.</summary>
internal enum Importance
{
    /// <summary>Those of the smallest sum of magnitudes.</summary>
    L1,

    /// <summary>Those of the smallest root of the sum of squares.</summary>
    L2,
}

/// <summary>Everything that a user can choose for one model. <see cref="OptionTable"/> defines the names, the values and their documentation.</summary>
internal sealed record CompileOptions
{
    public Precision Bits { get; init; } = Precision.Float32;

    /// <summary>Layers whose width is another than <see cref="Bits"/>; where several match, the last one counts.</summary>
    public IReadOnlyList<LayerBits> LayerBits { get; init; } = [];

    public ActivationRanges Activations { get; init; } = ActivationRanges.Auto;

    public RangeMethod Ranges { get; init; } = RangeMethod.MinMax;

    /// <summary>Per cent of the values that a static range must cover on each side, with <see cref="RangeMethod.Percentile"/>.</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>Files with samples, in order; <c>name=path</c> for a model with several inputs.</summary>
    public IReadOnlyList<string> Calibration { get; init; } = [];

    /// <summary>Files with labels for the calibration samples.</summary>
    public string? Labels { get; init; }

    /// <summary>The fraction of the weights to remove.</summary>
    public double Sparsity { get; init; }

    /// <summary>Weights (or blocks) whose importance is below this are removed.</summary>
    public double SparsityThreshold { get; init; }

    /// <summary>Rows and columns of the blocks that are removed as a whole; 1 x 1 for single weights.</summary>
    public (int Rows, int Columns) SparsityPattern { get; init; } = (1, 1);

    public Importance SparsityNorm { get; init; } = Importance.L1;

    /// <summary>Whether weights are stored in fewer bits, or some are removed.</summary>
    public bool Compresses => Narrows || Sparsity > 0 || SparsityThreshold > 0;

    /// <summary>Whether weights are stored in fewer bits.</summary>
    public bool Narrows => Uses(Precision.Int8) || Uses(Precision.Float16);

    /// <summary>Threads that one call of the model may use; 0 for as many as the machine that runs it has processors.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Bounds of symbolic dimensions by ONNX name.</summary>
    public IReadOnlyDictionary<string, (long Min, long Max)> Dimensions { get; init; } = new Dictionary<string, (long, long)>();

    /// <summary>Inputs whose values the caller may leave out, in which case the model's own are used.</summary>
    public IReadOnlyList<string> OptionalInputs { get; init; } = [];

    /// <summary>The outputs to compute, by ONNX name; all where there are none.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Inputs that take, from the second run of a stream on, what an output was in the run before; by ONNX names.</summary>
    public IReadOnlyList<(string Input, string Output)> States { get; init; } = [];

    /// <summary>The smallest signal-to-quantization-noise ratio, in decibels, that is not an error; null for none.</summary>
    public double? MinSqnr { get; init; }

    /// <summary>The largest loss of accuracy, in points, that is not an error; null for none.</summary>
    public double? MaxAccuracyDrop { get; init; }

    /// <summary><see cref="Bits"/> and <see cref="LayerBits"/> as they are written.</summary>
    public string BitsText => string.Join(';', [string.Create(CultureInfo.InvariantCulture, $"{(int)Bits}"), .. LayerBits.Select(layer => string.Create(CultureInfo.InvariantCulture, $"{layer.Pattern}={(int)layer.Bits}"))]);

    /// <summary>Whether any layer may have that width.</summary>
    public bool Uses(Precision bits) => Bits == bits || LayerBits.Any(layer => layer.Bits == bits);

    /// <summary>The width of the weights of a node.</summary>
    /// <param name="names">The names of the ONNX nodes that it came from.</param>
    public Precision BitsOf(IReadOnlyList<string> names) => LayerBits.LastOrDefault(layer => layer.Matches(names))?.Bits ?? Bits;
}
