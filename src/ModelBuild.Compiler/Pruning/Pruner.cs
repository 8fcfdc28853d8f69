using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;

namespace ModelBuild.Compiler.Pruning;

/// <summary>
/// Removes the least important weights of the layers that have many, and fits those that stay to the calibration samples, layer by layer in the model's order, so that
/// each also makes up for the error of those before.
/// </summary>
internal sealed class Pruner
{
    /// <summary>A smaller layer has little to give and much to lose.</summary>
    public const int SmallestLayer = 1024;

    // An image's channels: a convolution that reads them is the first one, whose few weights see everything.
    private const int ImageChannels = 4;

    // Fitting a layer takes rows * inner^2 multiply-adds for the moments, and 64 * kept^2 for each output.
    private const double MostMomentWork = 4e9;
    private const double MostFitWork = 4e10;
    private const double RowsPerInner = 16;
    private const int MostInner = 6000;
    private const int MostSamples = 1024;

    private readonly CompileOptions _options;
    private readonly CalibrationSamples? _samples;
    private readonly Graph _original;
    private readonly List<string> _notes = [];

    private Pruner(Graph original, CompileOptions options, CalibrationSamples? samples)
    {
        _original = original;
        _options = options;
        _samples = samples;
    }

    /// <summary>The pruned graph, and why layers were left as they are; the same graph where the options ask for no pruning.</summary>
    public static (Graph Graph, IReadOnlyList<string> Notes) Prune(Graph graph, CompileOptions options, CalibrationSamples? samples)
    {
        if (options.Sparsity == 0 && options.SparsityThreshold == 0)
        {
            return (graph, []);
        }

        var pruner = new Pruner(graph, options, samples);
        return (pruner.Prune(), pruner._notes);
    }

    private Graph Prune()
    {
        var pruned = _original;
        var layers = WeightLayer.FindAll(_original);
        foreach (var layer in layers)
        {
            if (WhyNot(layer, layers) is { } reason)
            {
                _notes.Add($"layer \"{layer.Name}\" was not pruned: {reason}");
            }
            else if (PruningMask.Of(layer, _options) is { Removed: > 0 } mask)
            {
                var (weights, bias) = Remaining(pruned, layer, mask);
                pruned = WithWeights(pruned, layer, weights, bias);
            }
        }

        return pruned;
    }

    private static string? WhyNot(WeightLayer layer, IReadOnlyList<WeightLayer> layers)
    {
        if (layer.Weights.Length < SmallestLayer)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it has only {layer.Weights.Length} weights");
        }

        if (layer.IsConvolution && layer.Node.Attributes.Int("group", 1) > 1)
        {
            return "it is a grouped convolution";
        }

        if (layer.IsConvolution && layer.Weights.Dims[1] <= ImageChannels)
        {
            return "it is the first convolution";
        }

        return layers.Count > 1 && layer == layers[^1] ? "it is the last layer" : null;
    }

    private (float[] Weights, float[] Bias) Remaining(Graph pruned, WeightLayer layer, PruningMask mask)
    {
        var keptPerOutput = 1 - ((double)mask.Removed / layer.Weights.Length);
        var fitWork = 64.0 * layer.Inner * layer.Inner * keptPerOutput * keptPerOutput * layer.Outputs;
        if (_samples is null || layer.Inner > MostInner || fitWork > MostFitWork)
        {
            _notes.Add($"layer \"{layer.Name}\" was pruned without fitting the weights that stay: {(_samples is null ? "there are no calibration samples" : "it is too large")}");
            return (Masked(layer, mask), layer.Bias?.As<float>().ToArray() ?? []);
        }

        // Rows enough for the weights to be determined, but no more than the time allows.
        var samples = Math.Min(_samples.Count, MostSamples);
        var mostRows = Math.Clamp(MostMomentWork / ((double)layer.Inner * layer.Inner), layer.Inner / 2, SmallestLayer + (RowsPerInner * layer.Inner));
        var perSample = (int)Math.Clamp(mostRows / samples, 1, int.MaxValue);
        var moments = new InputMoments(layer.Inner);
        var originals = ValueRun.Run(_original, [layer.Input], _samples, samples);
        foreach (var (now, before) in ValueRun.Run(pruned, [layer.Input], _samples, samples).Zip(originals))
        {
            moments.Add(InputRows.Of(layer, now.Values[0], perSample), InputRows.Of(layer, before.Values[0], perSample));
        }

        return Reconstruction.Fit(layer, mask, moments);
    }

    private static float[] Masked(WeightLayer layer, PruningMask mask)
    {
        var weights = layer.Weights.As<float>().ToArray();
        for (var output = 0; output < layer.Outputs; output++)
        {
            for (var inner = 0; inner < layer.Inner; inner++)
            {
                weights[layer.Offset(inner, output)] = mask.Keeps(inner, output) ? weights[layer.Offset(inner, output)] : 0;
            }
        }

        return weights;
    }

    private static Graph WithWeights(Graph graph, WeightLayer layer, float[] weights, float[] bias)
    {
        Node Changed(Node node)
        {
            var inputs = node.Inputs.ToArray();
            if (node.Output == layer.Node.Output)
            {
                inputs[1] = Value.Of(inputs[1]!.Name, Tensor.Of<float>(weights, layer.Weights.Dims));
            }

            if (bias.Length > 0 && node.Output == (layer.BiasAdd ?? layer.Node).Output)
            {
                var position = layer.BiasAdd is null ? 2 : Array.FindIndex(inputs, input => input!.IsConstant);
                inputs[position] = Value.Of(inputs[position]!.Name, Tensor.Of<float>(bias, inputs[position]!.Constant!.Dims));
            }

            return node.WithInputs(inputs);
        }

        return new Graph(graph.Name, graph.Symbols, graph.Inputs, graph.Outputs, [.. graph.Nodes.Select(Changed)]);
    }
}
