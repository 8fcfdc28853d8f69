using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Pruning;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Compression;

/// <summary>Compresses a model as the options say: first weights are removed, then what is left is rounded.</summary>
internal static class Compressor
{
    /// <summary>The layers of <see cref="CompileOptions.LayerBits"/> that the graph does not have.</summary>
    public static IEnumerable<string> UnknownLayers(Graph graph, CompileOptions options)
    {
        var weighted = graph.Nodes.Where(node => node.Inputs.Any(input => input is { Constant.Type: ElementType.Float, Type.Rank: >= 2 })).ToArray();
        return options.LayerBits.Where(layer => !weighted.Any(node => layer.Matches(node.Origins))).Select(layer => layer.Pattern);
    }

    /// <summary>The compressed graph and the stages on the way.</summary>
    /// <param name="graph">The simplified graph, in ONNX operators.</param>
    /// <param name="options">What the user chose.</param>
    /// <param name="samples">Calibration samples; null for none.</param>
    /// <param name="observer">Sees the graph after every stage.</param>
    /// <exception cref="CalibrationException">A sample does not fit the model.</exception>
    public static Compressed Compress(Graph graph, CompileOptions options, CalibrationSamples? samples, GraphObserver? observer)
    {
        var (pruned, notes) = Pruner.Prune(graph, options, samples);
        observer?.Invoke("Prune", pruned);
        var quantized = Quantizer.Quantize(pruned, options, samples);
        observer?.Invoke("Quantize", quantized);
        return new Compressed(graph, pruned, quantized, notes);
    }
}
