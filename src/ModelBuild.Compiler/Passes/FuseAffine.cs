using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// What scales and shifts the channels that a Conv, a ConvTranspose or a Gemm makes, a BatchNormalization or arithmetic with constants, becomes part of its weights:
/// w' = w * s, b' = b * s + t. Changes numbers by the rounding of the new weights.
/// </summary>
internal sealed class FuseAffine : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var layer in graph.Nodes.Where(node => node.Input(1)?.Constant is { Type: ElementType.Float } && node.Input(2) is null or { Constant.Type: ElementType.Float }))
        {
            var (channelStride, channels) = Channels(layer, layer.Inputs[1]!.Constant!);
            var (chain, affine) = (new List<Node>(), default(ChannelAffine));
            for (var value = layer.Output; channels > 0 && graph.OnlyConsumerOf(value) is { } next && ChannelAffine.Of(next, value) is { } own && own.Scale.Length == channels; value = next.Output)
            {
                chain.Add(next);
                affine = affine?.Then(own) ?? own;
            }

            if (affine is not null)
            {
                Fuse(editor, layer, chain, affine, channelStride);
            }
        }

        return editor.ToGraph();
    }

    private static void Fuse(GraphEditor editor, Node layer, IReadOnlyList<Node> chain, ChannelAffine affine, long channelStride)
    {
        var channels = affine.Scale.Length;
        var weights = layer.Inputs[1]!.Constant!;
        var scaled = weights.As<float>().ToArray();
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (float)(scaled[i] * affine.Scale[(int)(i / channelStride % channels)]);
        }

        var oldBias = layer.Input(2)?.Constant!.As<float>().ToArray() ?? new float[channels];
        if (oldBias.Length != channels)
        {
            return;
        }

        var beta = layer.Is("Gemm") ? layer.Attributes.Get("beta", 1f) : 1f;
        var bias = oldBias.Select((value, channel) => (float)((value * (double)beta * affine.Scale[channel]) + affine.Shift[channel])).ToArray();
        if (!Array.TrueForAll(scaled, float.IsFinite) || !Array.TrueForAll(bias, float.IsFinite))
        {
            return;
        }

        var attributes = layer.Is("Gemm") ? layer.Attributes.Without("beta") : layer.Attributes;
        var result = chain[^1].Output;
        var fused = GraphEditor.NodeFor(
            result,
            layer.Op.QualifiedName,
            [layer.Inputs[0], GraphEditor.Constant(layer.Inputs[1]!.Name, Tensor.Of<float>(scaled, weights.Dims)), GraphEditor.Constant(layer.Inputs[1]!.Name + "_bias", Tensor.Of<float>(bias, channels))],
            attributes,
            [layer, .. chain]);
        editor.Replace([layer, .. chain], [fused], result);
    }

    // How many weights lie between one output channel and the next, and how many channels there are; none where it is another operator.
    private static (long Stride, int Channels) Channels(Node layer, Tensor weights)
    {
        int? axis = layer.Op.QualifiedName switch
        {
            "Conv" => 0,
            "ConvTranspose" when layer.Attributes.Int("group", 1) == 1 => 1,
            "Gemm" => layer.Attributes.Flag("transB") ? 0 : 1,
            _ => null,
        };
        return axis is { } outputs ? (weights.Dims.Skip(outputs + 1).Aggregate(1L, (product, dim) => product * dim), (int)weights.Dims[outputs]) : (0, 0);
    }
}
