using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// What scales and shifts the channels that a Conv or a Gemm makes, a BatchNormalization or arithmetic with constants, becomes part of its weights: w' = w * s,
/// b' = b * s + t. Changes numbers by the rounding of the new weights.
/// </summary>
internal sealed class FuseAffine : Pass
{
    // A sum that begins with a much larger bias loses what is added to it, which may be the very purpose: adding 1.5 * 2^23 and subtracting it again rounds to integers.
    private const double LargestShift = 1024;

    // Weights that other layers share are not worth a copy for each of them if there are more.
    private const int MostShared = 256 * 1024;

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var layer in graph.Nodes.Where(node => (node.Is("Conv") || node.Is("Gemm")) && node.Input(1)?.Constant is { Type: ElementType.Float }))
        {
            if (graph.OnlyConsumerOf(layer.Output) is { } next && ChannelAffine.Of(next, layer.Output) is not null && Parameters.Of(layer) is { } parameters
                && Chain(graph, layer, parameters) is ({ Count: > 0 } nodes, var affine))
            {
                Fuse(editor, graph, layer, parameters, nodes, affine);
            }
        }

        return editor.ToGraph();
    }

    // The nodes after a layer that its weights can take, and what they do.
    private static (IReadOnlyList<Node> Nodes, ChannelAffine Affine) Chain(Graph graph, Node layer, Parameters parameters)
    {
        var nodes = new List<Node>();
        var affine = ChannelAffine.None(parameters.Bias.Length);
        for (var value = layer.Output; graph.OnlyConsumerOf(value) is { } next && ChannelAffine.Of(next, value) is { } own; value = next.Output)
        {
            var both = affine.Then(own);
            if (!next.Is("BatchNormalization") && both.Shift.Max(Math.Abs) > LargestShift * both.Scale.Zip(parameters.Norms, (scale, norm) => Math.Abs(scale) * norm).Max())
            {
                break;
            }

            nodes.Add(next);
            affine = both;
        }

        return (nodes, affine);
    }

    private static void Fuse(GraphEditor editor, Graph graph, Node layer, Parameters parameters, IReadOnlyList<Node> chain, ChannelAffine affine)
    {
        var weights = layer.Inputs[1]!;
        if (affine.Scale.Any(scale => scale != 1))
        {
            var scaled = weights.Constant!.As<float>().ToArray();
            if (scaled.Length > MostShared && graph.OnlyConsumerOf(weights) is null)
            {
                return;
            }

            for (var i = 0; i < scaled.Length; i++)
            {
                scaled[i] = (float)(scaled[i] * affine.Scale[parameters.Channel(i)]);
            }

            weights = Array.TrueForAll(scaled, float.IsFinite) ? GraphEditor.Constant(weights.Name, Tensor.Of<float>(scaled, weights.Constant.Dims)) : null;
        }

        float[] bias = [.. parameters.Bias.Select((value, channel) => (float)((value * affine.Scale[channel]) + affine.Shift[channel]))];
        if (weights is null || !Array.TrueForAll(bias, float.IsFinite))
        {
            return;
        }

        var result = chain[^1].Output;
        var fused = GraphEditor.NodeFor(
            result,
            layer.Op.QualifiedName,
            [layer.Inputs[0], weights, GraphEditor.Constant($"{layer.Inputs[1]!.Name}_bias", Tensor.Of<float>(bias, bias.Length))],
            layer.Attributes.Without("beta"),
            [layer, .. chain]);
        editor.Replace([layer, .. chain], [fused], result);
    }

    // The constants of a layer whose weights are known. Norms are the sums of the magnitudes of each channel's weights and bias.
    private sealed record Parameters(double[] Bias, double[] Norms, long Stride)
    {
        public static Parameters? Of(Node layer)
        {
            // The bias may be computed, and a Gemm may have one for each row, or one for all.
            var (weights, axis) = (layer.Inputs[1]!.Constant!, layer.Is("Conv") || layer.Attributes.Flag("transB") ? 0 : 1);
            var (channels, given) = (weights.Dims[axis], layer.Input(2)?.Constant);
            if (channels == 0 || layer.Input(2) is not (null or { Constant.Type: ElementType.Float }) || (given is not null && (given.Length != channels || given.Dims[^1] != channels)))
            {
                return null;
            }

            var beta = layer.Attributes.Get("beta", 1f);
            double[] bias = given is null ? new double[channels] : [.. given.As<float>().ToArray().Select(value => value * (double)beta)];
            var parameters = new Parameters(bias, [.. bias.Select(Math.Abs)], weights.Dims.Skip(axis + 1).Aggregate(1L, (product, dim) => product * dim));
            var values = weights.As<float>();
            for (var i = 0; i < values.Length; i++)
            {
                parameters.Norms[parameters.Channel(i)] += Math.Abs(values[i]);
            }

            return parameters;
        }

        public int Channel(int weight) => (int)(weight / Stride % Bias.Length);
    }
}
