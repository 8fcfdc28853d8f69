using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// A BatchNormalization after a Conv or a Gemm becomes part of its weights: w' = w * s, b' = (b - mean) * s + B with s = scale / sqrt(var + epsilon). Changes numbers
/// by the rounding of the new weights.
/// </summary>
internal sealed class FuseBatchNormalization : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => node.Is("BatchNormalization")))
        {
            if (graph.ProducerOf(node.Inputs[0]) is { } layer && graph.OnlyConsumerOf(layer.Output) == node && !editor.IsReplaced(layer)
                && node.Inputs.Skip(1).All(input => input?.Constant is { Type: ElementType.Float })
                && layer.Input(1)?.Constant is { Type: ElementType.Float } weights && layer.Input(2) is null or { IsConstant: true })
            {
                Fuse(editor, layer, node, layer.Inputs[1]!.Constant!);
            }
        }

        return editor.ToGraph();
    }

    private static void Fuse(GraphEditor editor, Node layer, Node normalization, Tensor weights)
    {
        var (channelStride, channels) = Channels(layer, weights);
        var affine = BatchNormalizationAffine.Of(normalization);
        if (channels == 0 || affine.Scale.Length != channels)
        {
            return;
        }

        var scaled = weights.As<float>().ToArray();
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] *= affine.Scale[(int)(i / channelStride % channels)];
        }

        var oldBias = layer.Input(2)?.Constant!.As<float>().ToArray() ?? new float[channels];
        if (oldBias.Length != channels)
        {
            return;
        }

        var beta = layer.Is("Gemm") ? layer.Attributes.Get("beta", 1f) : 1f;
        var bias = oldBias.Select((value, channel) => MathF.FusedMultiplyAdd(value * beta, affine.Scale[channel], affine.Shift[channel])).ToArray();
        var attributes = layer.Is("Gemm") ? layer.Attributes.Without("beta") : layer.Attributes;
        var fused = GraphEditor.NodeFor(
            normalization.Output,
            layer.Op.QualifiedName,
            [layer.Inputs[0], GraphEditor.Constant(layer.Inputs[1]!.Name, Tensor.Of<float>(scaled, weights.Dims)), GraphEditor.Constant(layer.Inputs[1]!.Name + "_bias", Tensor.Of<float>(bias, channels))],
            attributes,
            [layer, normalization]);
        editor.Replace([layer, normalization], [fused], normalization.Output);
    }

    // How many weights lie between one output channel and the next, and how many channels there are.
    private static (long Stride, int Channels) Channels(Node layer, Tensor weights) => layer switch
    {
        _ when layer.Is("Conv") => (weights.Length / weights.Dims[0], (int)weights.Dims[0]),
        _ when layer.Is("Gemm") && layer.Attributes.Flag("transB") => (weights.Dims[1], (int)weights.Dims[0]),
        _ when layer.Is("Gemm") => (1, (int)weights.Dims[1]),
        _ => (0, 0),
    };
}
