using System;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Export;

/// <summary>Chooses the operator set of a written model: the source's, unless a node needs a newer one.</summary>
internal static class ExportOpset
{
    // Scales per axis and the operators of quantization that came with them.
    private const long PerAxisQuantization = 13;
    private const long BlockedQuantization = 21;
    private const long QuantizationInOtherTypes = 23;
    private const long DynamicQuantization = 11;
    private const long IntegerArithmetic = 10;

    // The batch that Scan had before is gone when it has been imported.
    private const long ScanWithoutBatch = 9;

    public static long Choose(Graph graph, long source)
    {
        source = graph.Nodes.SelectMany(node => node.Bodies).Aggregate(source, (opset, body) => Choose(body, opset));
        var opset = graph.Nodes.Select(NeededBy).Append(source).Max();

        // Passes make nodes in the newest form; most of them have the same form in older sets.
        foreach (var node in graph.Nodes.Where(node => node.Op.Domain.Length == 0))
        {
            opset = Math.Max(opset, OpsetForms.OldestFor(node, node.Op.VersionIn(opset) ?? node.Op.Versions[0]));
        }

        return opset;
    }

    private static long NeededBy(Node node) => node.Op.Name switch
    {
        "QuantizeLinear" when node.Attributes.Has("precision") => QuantizationInOtherTypes,
        "DequantizeLinear" when node.Attributes.Has("output_dtype") => QuantizationInOtherTypes,
        "QuantizeLinear" or "DequantizeLinear" when node.Attributes.Has("block_size") || node.Attributes.Has("output_dtype") => BlockedQuantization,
        "QuantizeLinear" or "DequantizeLinear" when node.Inputs[1]!.Type.Rank > 0 => PerAxisQuantization,
        "Scan" => ScanWithoutBatch,
        "DynamicQuantizeLinear" => DynamicQuantization,
        "QuantizeLinear" or "DequantizeLinear" or "MatMulInteger" or "ConvInteger" => IntegerArithmetic,
        _ => 1,
    };
}
