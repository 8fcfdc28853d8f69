using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Ops;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// Of how many channels the blocks are in a model that ONNX Runtime has saved for one processor, 8 or 16: the file does not say it, but where numbers of channels are filled up to
/// whole blocks, they show it.
/// </summary>
internal static class NchwcBlock
{
    /// <summary>The attributes with the size, where the operator is one on blocks and the model shows it.</summary>
    public static IReadOnlyList<OnnxAttribute> Resolve(Op op, OnnxGraph graph, IReadOnlyList<OnnxAttribute> attributes) =>
        op is NchwcOp && Find(graph) is { } block ? [.. attributes, OnnxAttribute.Of(NchwcOp.BlockAttribute, block)] : attributes;

    private static long? Find(OnnxGraph graph)
    {
        var nodes = graph.Nodes.Where(node => node.Domain == NchwcOp.Nchwc).ToArray();
        var weights = graph.Initializers.DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var producers = nodes.Where(node => node.Outputs.Count > 0).DistinctBy(node => node.Outputs[0]).ToDictionary(node => node.Outputs[0], StringComparer.Ordinal);
        long? Size(OnnxNode node, int axis) => node.OpType == "Conv" && node.Inputs.Count > 1 && weights.TryGetValue(node.Inputs[1], out var tensor) && tensor.Dims.Count == 4 ? tensor.Dims[axis] : null;
        if (nodes.Any(node => Size(node, 0) % 16 > 0 || (Size(node, 1) > 16 && Size(node, 1) % 16 > 0)))
        {
            return 8;
        }

        // From a block on, inputs are whole blocks.
        if (nodes.Any(node => Size(node, 1) > 8 && Size(node, 1) % 8 > 0))
        {
            return 16;
        }

        // A convolution, maybe behind pooling, whose output is cut by a whole block of 8 or more, has blocks of 16.
        foreach (var output in nodes.Where(node => node.OpType == "ReorderOutput"))
        {
            var producer = output;
            for (var step = 0; step < nodes.Length && producer is not null && producer.OpType != "Conv"; step++)
            {
                producer = producer.Inputs.Count > 0 ? producers.GetValueOrDefault(producer.Inputs[0]) : null;
            }

            var channels = output.Attributes.FirstOrDefault(attribute => attribute is { Name: "channels", Kind: OnnxAttributeKind.Int })?.Int;
            if (producer is not null && channels is { } kept && Size(producer, 0) - kept >= 8)
            {
                return 16;
            }
        }

        return null;
    }
}
