using System;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Export;

/// <summary>Chooses the operator set of a written model: the source's, unless a node needs a newer one.</summary>
internal static class ExportOpset
{
    // Scales per axis and the operators of quantization that came with them.
    private const long PerAxisQuantization = 13;
    private const long DynamicQuantization = 11;
    private const long IntegerArithmetic = 10;

    public static long Choose(Graph graph, long source)
    {
        var opset = graph.Nodes.Select(NeededBy).Append(source).Max();

        // Passes make nodes in the newest form; most of them have the same form in older sets.
        foreach (var node in graph.Nodes.Where(node => node.Op.Domain.Length == 0))
        {
            if (node.Op.VersionIn(opset) is not { } version)
            {
                opset = Math.Max(opset, node.Op.Versions[0]);
            }
            else
            {
                opset = Math.Max(opset, OpsetForms.OldestFor(node, version));
            }
        }

        return opset;
    }

    private static long NeededBy(Node node) => node.Op.Name switch
    {
        "QuantizeLinear" or "DequantizeLinear" when node.Inputs[1]!.Type.Rank > 0 => PerAxisQuantization,
        "DynamicQuantizeLinear" => DynamicQuantization,
        "QuantizeLinear" or "DequantizeLinear" or "MatMulInteger" or "ConvInteger" => IntegerArithmetic,
        _ => 1,
    };
}
