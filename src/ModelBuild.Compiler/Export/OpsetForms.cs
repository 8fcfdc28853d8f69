using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Export;

/// <summary>The inputs and attributes of a node as an operator set wants them.</summary>
internal sealed record NodeForm(IReadOnlyList<Value?> Inputs, Attributes Attributes);

/// <summary>
/// Operators whose form changed from one operator set to another: attributes became inputs, or defaults moved. All other new versions of operators only admit more
/// types or more attributes, so that a node's form stays valid.
/// </summary>
internal static class OpsetForms
{
    private static readonly Dictionary<string, (long Version, Func<Node, NodeForm?> Upgrade)[]> Changes = new()
    {
        ["Clip"] = [(11, Clip)],
        ["Dropout"] = [(12, Dropout)],
        ["Squeeze"] = [(13, AxesToInput)],
        ["Unsqueeze"] = [(13, AxesToInput)],
        ["ReduceSum"] = [(13, AxesToInput)],
        ["ReduceMean"] = [(18, AxesToInput)],
        ["ReduceMax"] = [(18, AxesToInput)],
        ["ReduceMin"] = [(18, AxesToInput)],
        ["ReduceProd"] = [(18, AxesToInput)],
        ["ReduceL1"] = [(18, AxesToInput)],
        ["ReduceL2"] = [(18, AxesToInput)],
        ["ReduceLogSum"] = [(18, AxesToInput)],
        ["ReduceLogSumExp"] = [(18, AxesToInput)],
        ["ReduceSumSquare"] = [(18, AxesToInput)],
        ["Softmax"] = [(13, LastAxis)],
        ["LogSoftmax"] = [(13, LastAxis)],
        ["Hardmax"] = [(13, LastAxis)],
        ["Pad"] = [(2, None), (11, Pad)],
        ["Slice"] = [(10, Slice)],
        ["Split"] = [(13, node => MoveToInputs(node, 1, ["split"])), (18, SplitOutputs)],
        ["TopK"] = [(10, node => MoveToInputs(node, 1, ["k"]))],
        ["Upsample"] = [(9, None), (10, None)],
        ["Resize"] = [(11, None), (13, None)],
        ["Reshape"] = [(5, node => MoveToInputs(node, 1, ["shape"]))],
        ["Cast"] = [(6, None)],
        ["BatchNormalization"] = [(7, None), (9, None), (14, node => node.Outputs.Count == 1 ? new NodeForm(node.Inputs, node.Attributes) : null)],
        ["Add"] = [(7, WithoutBroadcast)],
        ["Sub"] = [(7, WithoutBroadcast)],
        ["Mul"] = [(7, WithoutBroadcast)],
        ["Div"] = [(7, WithoutBroadcast)],
        ["Pow"] = [(7, WithoutBroadcast)],
        ["Gemm"] = [(7, WithoutBroadcast)],
        ["Tile"] = [(6, None)],
        ["Scatter"] = [(11, None)],
        ["GridSample"] = [(20, None)],
    };

    /// <summary>The versions after <paramref name="from"/> and up to <paramref name="to"/> that changed the operator's form, ascending.</summary>
    public static IEnumerable<long> ChangesBetween(string op, long from, long to) =>
        Changes.TryGetValue(op, out var changes) ? changes.Select(change => change.Version).Where(version => version > from && version <= to) : [];

    /// <summary>The node's form in operator set <paramref name="opset"/>.</summary>
    /// <exception cref="ExportException">It has none that we know.</exception>
    public static NodeForm In(Node node, long opset) => TryIn(node, opset) ?? throw new ExportException(NodeText.Describe(node), node.Version, opset);

    /// <summary>The node's form in operator set <paramref name="opset"/>; null where it has none that we know.</summary>
    public static NodeForm? TryIn(Node node, long opset)
    {
        if (node.Op.Domain.Length > 0)
        {
            return new NodeForm(node.Inputs, node.Attributes);
        }

        // Nothing uses "consumed_inputs", a hint of the first operator sets that the later ones do not know.
        var current = node.Attributes.Has("consumed_inputs") ? new Node(node.Op, node.Version, node.Inputs, node.Outputs, node.Attributes.Without("consumed_inputs"), node.Origins) : node;
        foreach (var (version, upgrade) in Changes.GetValueOrDefault(node.Op.Name, []).Where(change => change.Version > node.Version && change.Version <= opset))
        {
            if (upgrade(current) is not { } form)
            {
                return null;
            }

            current = new Node(node.Op, (int)version, form.Inputs, node.Outputs, form.Attributes, node.Origins);
        }

        return new NodeForm(current.Inputs, current.Attributes);
    }

    private static NodeForm? None(Node node) => null;

    private static NodeForm Clip(Node node)
    {
        Value? Bound(string name) => node.Attributes.Has(name) ? Constant(node, name, Tensor.Scalar(node.Attributes.Get(name, 0f))) : null;
        return new NodeForm([node.Inputs[0], Bound("min"), Bound("max")], node.Attributes.Without("min").Without("max"));
    }

    private static NodeForm Dropout(Node node) => new(node.Inputs, node.Attributes.Without("ratio").Without("is_test"));

    private static NodeForm AxesToInput(Node node) => MoveToInputs(node, 1, ["axes"]);

    // Up to version 12 all axes from the given one on are one axis: the same thing where it is the last.
    private static NodeForm? LastAxis(Node node)
    {
        var rank = node.Inputs[0]!.Type.Rank;
        var axis = node.Attributes.Get("axis", 1L);
        axis = axis < 0 ? axis + rank : axis;
        var isLast = axis == rank - 1 || node.Inputs[0]!.Type.Shape.Skip((int)axis).Count(dim => !dim.Equals(Plan.Dim.One)) <= 1;
        if (!isLast)
        {
            return null;
        }

        // Where all other axes are 1, the one that is not is meant.
        var wide = Enumerable.Range((int)axis, rank - (int)axis).FirstOrDefault(i => !node.Inputs[0]!.Type[i].Equals(Plan.Dim.One), rank - 1);
        return new NodeForm(node.Inputs, node.Attributes.With("axis", (long)wide));
    }

    private static NodeForm Pad(Node node)
    {
        var value = Tensor.Scalar(node.Attributes.Get("value", 0f));
        var pads = Tensor.Vector(node.Attributes.Require<long[]>("pads"));
        return new NodeForm([node.Inputs[0], Constant(node, "pads", pads), Constant(node, "value", value)], node.Attributes.Without("pads").Without("value"));
    }

    private static NodeForm Slice(Node node) => MoveToInputs(node, 1, ["starts", "ends", "axes"]);

    private static NodeForm SplitOutputs(Node node) =>
        new(node.Inputs, node.Input(1) is null ? node.Attributes.With("num_outputs", (long)node.Outputs.Count) : node.Attributes);

    private static NodeForm? WithoutBroadcast(Node node) => node.Attributes.Has("axis") ? null : new NodeForm(node.Inputs, node.Attributes.Without("broadcast"));

    // Integer attributes become constant inputs from the given position on.
    private static NodeForm MoveToInputs(Node node, int position, string[] names)
    {
        var inputs = node.Inputs.Take(position).ToList();
        var attributes = node.Attributes;
        foreach (var name in names)
        {
            var value = attributes.All.FirstOrDefault(pair => pair.Key == name).Value;
            inputs.Add(value switch
            {
                long[] list => Constant(node, name, Tensor.Vector(list)),
                long number => Constant(node, name, Tensor.Vector([number])),
                _ => null,
            });
            attributes = attributes.Without(name);
        }

        return new NodeForm(inputs, attributes);
    }

    private static Value Constant(Node node, string name, Tensor tensor) => Value.Of($"{node.Output.Name}_{name}", tensor);
}
