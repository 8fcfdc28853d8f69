using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// A multiplication and an addition with constants for each channel, what is left of a batch normalization that no layer takes, become a depthwise convolution with filters of
/// one pixel: one pass over the data, whose bounds may be those of the activation that follows. Between layers that work on NHWC data anyway, or in front of one.
/// </summary>
internal sealed class UseDepthwise : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var add in graph.Nodes.Where(node => node.Is("Add") && node.Output.Type is { Rank: 4, Element: ElementType.Float }))
        {
            if (Operand(add) is { } product && graph.ProducerOf(product) is { } mul && mul.Is("Mul") && Operand(mul) is { } x && graph.OnlyConsumerOf(product) == add
                && ChannelAffine.Of(mul, x) is { } scale && ChannelAffine.Of(add, product) is { } shift && IsAmongLayers(graph, x, add.Output))
            {
                Replace(editor, x, mul, add, scale.Then(shift));
            }
        }

        return editor.ToGraph();
    }

    // The operand that is no constant.
    private static Value? Operand(Node node) => node.Inputs is [var first, var second] && first!.IsConstant != second!.IsConstant ? first.IsConstant ? second : first : null;

    private static bool IsAmongLayers(Graph graph, Value x, Value y) =>
        IsLayer(graph.ProducerOf(x)) || (graph.ProducerOf(x) is { Op: Concat } concat && concat.Inputs.Any(part => IsLayer(graph.ProducerOf(part))))
        || graph.Consumers[y].Any(node => IsLayer(node) || (FuseActivation.Bounds(node) is not null && graph.Consumers[node.Output].Any(IsLayer)));

    private static bool IsLayer(Node? node) => node is not null && (node.Is("Conv") || node.Op is AveragePool or MaxPool or GlobalPoolOp) && node.Output.Type.Rank == 4;

    private static void Replace(GraphEditor editor, Value x, Node mul, Node add, ChannelAffine affine)
    {
        var channels = affine.Scale.Length;
        float[] weights = [.. affine.Scale.Select(value => (float)value)], bias = [.. affine.Shift.Select(value => (float)value)];
        if (channels < 2 || (Array.TrueForAll(weights, value => value == weights[0]) && Array.TrueForAll(bias, value => value == bias[0])))
        {
            return;
        }

        var convolution = GraphEditor.NodeFor(
            add.Output,
            "Conv",
            [x, GraphEditor.Constant($"{add.Output.Name}_scale", Tensor.Of<float>(weights, channels, 1, 1, 1)), GraphEditor.Constant($"{add.Output.Name}_shift", Tensor.Of<float>(bias, channels))],
            Attributes.Of(("group", (long)channels), ("kernel_shape", (long[])[1, 1])),
            [mul, add]);
        editor.Replace([mul, add], [convolution], add.Output);
    }
}
