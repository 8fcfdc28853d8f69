using System.Linq;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;

namespace ModelBuild.Compiler.Quantization;

/// <summary>Gives the weights of a graph of ONNX operators the width that the options ask for.</summary>
internal static class Quantizer
{
    /// <summary>Whether the ranges of activations come from calibration.</summary>
    public static bool IsStatic(CompileOptions options, CalibrationSamples? samples) =>
        options.Uses(Precision.Int8) && options.Activations != ActivationRanges.Dynamic && samples is not null;

    /// <summary>The graph in which layers compute as the options say; the same graph where there is nothing to do.</summary>
    public static Graph Quantize(Graph graph, CompileOptions options, CalibrationSamples? samples)
    {
        var layers = WeightLayer.FindAll(graph).Where(layer => options.BitsOf(layer.Node.Origins) == Precision.Int8).ToArray();
        var quantized = layers.Length == 0 ? graph : ToBytes(graph, layers, options, samples);
        return options.Uses(Precision.Float16) ? HalfWeights.Store(quantized, node => options.BitsOf(node.Origins) == Precision.Float16) : quantized;
    }

    private static Graph ToBytes(Graph graph, WeightLayer[] layers, CompileOptions options, CalibrationSamples? samples)
    {
        if (!IsStatic(options, samples))
        {
            return DynamicQuantizer.Quantize(graph, layers);
        }

        var domain = QuantizedDomain.Find(graph, layers);
        return StaticQuantizer.Quantize(graph, domain, ActivationCalibration.Run(graph, domain, options, samples!));
    }
}
