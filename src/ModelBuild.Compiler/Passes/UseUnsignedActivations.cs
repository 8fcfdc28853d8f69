using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Activations that a model quantizes to signed bytes become unsigned bytes, which the kernels work on: the values and the zero point move by 128, and what they stand
/// for stays the same.
/// </summary>
internal sealed class UseUnsignedActivations : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var quantize in graph.Nodes.Where(node => node.Is("QuantizeLinear") && node.Output.Type.Element == ElementType.Int8 && !graph.IsOutput(node.Output)))
        {
            var consumers = graph.Consumers[quantize.Output].ToArray();
            if (QuantizationParameters.Of(quantize) is not { IsPerTensor: true } parameters
                || !consumers.All(node => node.Is("DequantizeLinear") && QuantizationParameters.Of(node) is { IsPerTensor: true }))
            {
                continue;
            }

            var unsigned = editor.Node("QuantizeLinear", [quantize.Inputs[0], quantize.Inputs[1], ZeroPoint(quantize, parameters)], Attributes.None, [quantize], quantize.Output.Name);
            editor.Replace([quantize], [unsigned], quantize.Output);
            foreach (var dequantize in consumers)
            {
                var zero = ZeroPoint(dequantize, QuantizationParameters.Of(dequantize)!);
                var replacement = GraphEditor.NodeFor(dequantize.Output, "DequantizeLinear", [unsigned.Output, dequantize.Inputs[1], zero], Attributes.None, [dequantize]);
                editor.Replace([dequantize], [replacement], dequantize.Output);
            }
        }

        return editor.ToGraph();
    }

    private static Value ZeroPoint(Node node, QuantizationParameters parameters) =>
        GraphEditor.Constant(node.Input(2)?.Name ?? $"{node.Output.Name}_zero", Tensor.Scalar((byte)(parameters.ZeroPoint + 128)));
}
