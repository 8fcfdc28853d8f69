using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Verification;

/// <summary>What a case allows.</summary>
internal static class CaseTolerance
{
    // A model that is stored with the outputs of another runtime, whose optimizer added in another order: relative to the range of the output.
    private const double OfRange = 1e-4;

    // Rounding between nodes, in a model that computes in 16 bits; and one step of 255 in a quantized one.
    private const double OfHalfRange = 4e-3;
    private const double OfQuantizedRange = 1.001 / 255;

    private static readonly string[] Random = ["RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial"];

    /// <summary>ONNX's own tolerance for its cases, one relative to the range of the output for models with stored outputs, unless meta.json has rtol and atol.</summary>
    public static Tolerance Of(VerifyCase item, OnnxModel model, CompileOptions options)
    {
        var meta = Path.Combine(Path.GetDirectoryName(item.Model)!, "meta.json");
        if (File.Exists(meta))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(meta));
            if (document.RootElement.TryGetProperty("rtol", out var relative) && document.RootElement.TryGetProperty("atol", out var absolute))
            {
                return new Tolerance(relative.GetDouble(), absolute.GetDouble());
            }
        }

        if (options.Bits is not (Precision.Float32 or Precision.Float16) || item.Layout is CaseLayout.Protobuf or CaseLayout.Light)
        {
            return Tolerance.Onnx;
        }

        return IsQuantized(model.Graph) ? new Tolerance(1e-3, 1e-7, OfQuantizedRange, Steps: 1)
            : IsHalf(model.Graph) ? new Tolerance(1e-3, 1e-7, OfHalfRange)
            : new Tolerance(1e-3, 1e-7, OfRange);
    }

    /// <summary>Whether the outputs are random by definition, so that only their types can be compared.</summary>
    public static bool IsRandom(OnnxGraph graph) => graph.Nodes.Any(node => Random.Contains(node.OpType) || (node.OpType == "Dropout" && node.Inputs.Count > 2));

    private static bool IsQuantized(OnnxGraph graph) => graph.Nodes.Any(node =>
        node.OpType.StartsWith("QLinear", StringComparison.Ordinal) || node.OpType is "QuantizeLinear" or "DequantizeLinear" or "DynamicQuantizeLinear" or "ConvInteger" or "MatMulInteger" or "QGemm");

    private static bool IsHalf(OnnxGraph graph) => graph.Initializers.Any(initializer => initializer.ElementType == OnnxElementType.Float16);
}
