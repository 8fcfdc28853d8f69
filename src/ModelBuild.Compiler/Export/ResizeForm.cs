using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Export;

/// <summary>
/// Says Resize again where it was divided into steps along single axes, since only we know those: steps that follow each other become one node. What has no such form
/// (a crop, whose ends are computed) stays as it is.
/// </summary>
internal static class ResizeForm
{
    // Inputs in the order of ONNX: x, roi, scales, sizes. An absent one is written as an empty tensor, since operator set 11 wants the first three.
    private static readonly Tensor None = Tensor.Of<float>([], 0);

    public static Graph Restore(Graph graph)
    {
        graph = graph.MapBodies(Restore);
        var nodes = graph.Nodes.ToList();
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            if (IsStep(nodes[i]) && !graph.Consumers[nodes[i].Output].Any(next => Continues(graph, nodes[i], next)) && Whole(graph, nodes[i]) is { } resize)
            {
                nodes[i] = resize;
            }
        }

        return graph.With(nodes);
    }

    private static bool IsStep(Node? node) => node is { Op: ResizeAlong } && node.Input(3) is null;

    // The next axis of the same resizing: the same sizes and factors, and nobody else reads what is between.
    private static bool Continues(Graph graph, Node step, Node next) =>
        IsStep(step) && IsStep(next) && next.Inputs[0] == step.Output && Sizes(graph, next) == Sizes(graph, step) && next.Inputs[2] == step.Inputs[2] && graph.OnlyConsumerOf(step.Output) == next;

    // Each step may have bound the sizes to symbols of its own.
    private static Value Sizes(Graph graph, Node step) => graph.ProducerOf(step.Inputs[1]) is { Op: Bind } bind ? bind.Inputs[0]! : step.Inputs[1]!;

    private static Node? Whole(Graph graph, Node last)
    {
        var steps = new List<Node> { last };
        while (graph.ProducerOf(steps[0].Inputs[0]) is { } before && Continues(graph, before, steps[0]))
        {
            steps.Insert(0, before);
        }

        var attributes = Resize.AttributesOf(steps[0].Attributes);
        var version = attributes.Get("coordinate_transformation_mode", string.Empty) == "half_pixel_symmetric" ? 19 : attributes.Has("antialias") ? 18 : 11;
        if ((Computed(graph, steps) ?? Known(steps)) is not var (scales, sizes, more))
        {
            return null;
        }

        foreach (var (name, value) in more.All)
        {
            (attributes, version) = (attributes.With(name, value), Math.Max(version, 18));
        }

        Value?[] inputs = [steps[0].Inputs[0], Value.Of($"{last.Output.Name}_roi", None), scales ?? Value.Of($"{last.Output.Name}_scales", None), sizes];
        return new Node(OpRegistry.Get(nameof(Resize)), version, inputs, last.Outputs, attributes, last.Origins);
    }

    // Sizes that a run finds out: from the inputs that the original node had.
    private static (Value? Scales, Value? Sizes, Attributes More)? Computed(Graph graph, List<Node> steps)
    {
        if (graph.ProducerOf(steps[0].Inputs[2]) is not { Op: ResizeSizes } plan || plan.Inputs[1]?.Constant is not { } axes
            || !axes.ToInt64().Order().SequenceEqual(steps.Select(step => (long)step.Attributes.Int("axis", 0)).Order()))
        {
            return null;
        }

        var more = Attributes.None;
        if (!axes.ToInt64().SequenceEqual(Enumerable.Range(0, steps[0].Output.Type.Rank).Select(axis => (long)axis)))
        {
            more = more.With("axes", axes.ToInt64());
        }

        if (plan.Attributes.Int("policy", 0) is var policy and > 0)
        {
            more = more.With("keep_aspect_ratio_policy", Resize.PolicyOf(policy));
        }

        return (plan.Input(2), plan.Input(3), more);
    }

    // Constant sizes: by factors, where these give them, since interpolation goes by factors.
    private static (Value? Scales, Value? Sizes, Attributes More)? Known(List<Node> steps)
    {
        var (from, to) = (steps[0].Inputs[0]!.Type, steps[^1].Output.Type);
        if (steps[0].Inputs[2]!.Constant is not { } factors)
        {
            return null;
        }

        var scales = Enumerable.Repeat(1f, from.Rank).ToArray();
        foreach (var axis in steps.Select(step => step.Attributes.Int("axis", 0)))
        {
            scales[axis] = factors.As<float>()[axis];
        }

        var changed = steps.Select(step => step.Attributes.Int("axis", 0)).ToArray();
        if (changed.All(axis => from[axis].IsConstant && to[axis].IsConstant && Math.Floor(from[axis].Constant * (double)scales[axis]) == to[axis].Constant))
        {
            return (Value.Of($"{steps[^1].Output.Name}_scales", Tensor.Of<float>(scales, scales.Length)), null, Attributes.None);
        }

        return to.IsStatic && changed.All(axis => scales[axis] == to[axis].Constant / (float)from[axis].Constant)
            ? (null, Value.Of($"{steps[^1].Output.Name}_sizes", Tensor.Vector([.. to.Shape.Select(dim => dim.Constant)])), Attributes.None)
            : null;
    }
}
