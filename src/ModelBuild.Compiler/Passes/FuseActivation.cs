using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Passes;

/// <summary>Relu and Clip after a layer become bounds of the layer's output.</summary>
internal sealed class FuseActivation : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes)
        {
            if (Bounds(node) is { } bounds && graph.ProducerOf(node.Inputs[0]) is { Op: IClampedOp } layer && !editor.IsReplaced(layer)
                && graph.OnlyConsumerOf(layer.Output) == node)
            {
                var (min, max) = Clamp.Of(layer.Attributes);
                var clamped = Clamp.With(layer.Attributes, Math.Min(Math.Max(min, bounds.Min), bounds.Max), Math.Max(Math.Min(max, bounds.Max), bounds.Min));
                var fused = GraphEditor.NodeFor(node.Output, layer.Op.QualifiedName, layer.Inputs, clamped, [layer, node]);
                editor.Replace([layer, node], [fused], node.Output);
            }
        }

        return editor.ToGraph();
    }

    /// <summary>The bounds that a Relu or a Clip sets; null for other nodes.</summary>
    public static (float Min, float Max)? Bounds(Node node)
    {
        if (node.Is("Relu"))
        {
            return (0, float.PositiveInfinity);
        }

        if (!node.Is("Clip") || node.Output.Type.Element != Plan.ElementType.Float)
        {
            return null;
        }

        if (node.Version < 11)
        {
            return (node.Attributes.Get("min", float.MinValue), node.Attributes.Get("max", float.MaxValue));
        }

        return node.Input(1) is { IsConstant: false } || node.Input(2) is { IsConstant: false }
            ? null
            : (node.Input(1)?.Constant!.As<float>()[0] ?? float.NegativeInfinity, node.Input(2)?.Constant!.As<float>()[0] ?? float.PositiveInfinity);
    }
}
