using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using static ModelBuild.Compiler.Export.OpsetUpgrades;

namespace ModelBuild.Compiler.Export;

/// <summary>A node as an operator set wants it.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Attributes">The attributes.</param>
/// <param name="Op">The operator, where the operator set knows it under another name.</param>
internal sealed record NodeForm(IReadOnlyList<Value?> Inputs, Attributes Attributes, string? Op = null);

/// <summary>A change of an operator's form.</summary>
/// <param name="Version">The operator set that brought it.</param>
/// <param name="Upgrade">The new form of a node in the old one; null where the node has none.</param>
/// <param name="IsNew">Whether a node of this version or a later one says what the versions before cannot say.</param>
internal sealed record OpsetChange(int Version, Func<Node, NodeForm?> Upgrade, Func<Node, bool> IsNew);

/// <summary>
/// What changed in which operator set: attributes became inputs, defaults moved. All other new versions of operators only admit more (<see cref="OpsetAdditions"/>), so that
/// a node's form stays valid. Source: the operators' changelog, https://onnx.ai/onnx/operators/.
/// </summary>
internal static class OpsetForms
{
    private static readonly Dictionary<string, OpsetChange[]> Changes = new()
    {
        ["Add"] = [Changed(7, WithoutBroadcast)],
        ["And"] = [Changed(7, WithoutBroadcast)],
        ["BatchNormalization"] = [Changed(7, node => Without(node, "is_test")), Changed(9, WithoutSpatial), Changed(14, WithOneOutput)],
        ["Cast"] = [Changed(6, NoForm)],
        ["Clip"] = [Changed(11, node => MoveToInputs(node, "min", "max"), HasInputsFrom(1))],
        ["Concat"] = [Changed(4, node => WithDefault(node, "axis", 1L))],
        ["Div"] = [Changed(7, WithoutBroadcast)],
        ["Dropout"] = [Changed(7, node => Without(node, "is_test")), Changed(12, node => MoveToInputs(node, "ratio"), HasInputsFrom(1))],
        ["Equal"] = [Changed(7, WithoutBroadcast)],
        ["Gemm"] = [Changed(7, WithoutBroadcast)],
        ["Greater"] = [Changed(7, WithoutBroadcast)],
        ["GroupNormalization"] = [Changed(21, PerChannel)],
        ["Hardmax"] = [Changed(13, OneAxis)],
        ["Less"] = [Changed(7, WithoutBroadcast)],
        ["LogSoftmax"] = [Changed(13, OneAxis)],
        ["Mul"] = [Changed(7, WithoutBroadcast)],
        ["Or"] = [Changed(7, WithoutBroadcast)],
        ["Pad"] = [Changed(2, node => Renamed(node, "paddings", "pads")), Changed(11, node => MoveToInputs(node, "pads", "value"))],
        ["Pow"] = [Changed(7, WithoutBroadcast)],
        ["ReduceL1"] = [Changed(18, AxesToInput, HasInputsFrom(1))],
        ["ReduceL2"] = [Changed(18, AxesToInput, HasInputsFrom(1))],
        ["ReduceLogSum"] = [Changed(18, AxesToInput, HasInputsFrom(1))],
        ["ReduceLogSumExp"] = [Changed(18, AxesToInput, HasInputsFrom(1))],
        ["ReduceMax"] = [Changed(18, AxesToInput, HasInputsFrom(1))],
        ["ReduceMean"] = [Changed(18, AxesToInput, HasInputsFrom(1))],
        ["ReduceMin"] = [Changed(18, AxesToInput, HasInputsFrom(1))],
        ["ReduceProd"] = [Changed(18, AxesToInput, HasInputsFrom(1))],
        ["ReduceSum"] = [Changed(13, AxesToInput, HasInputsFrom(1))],
        ["ReduceSumSquare"] = [Changed(18, AxesToInput, HasInputsFrom(1))],
        ["Reshape"] = [Changed(5, node => MoveToInputs(node, "shape"))],
        ["Resize"] = [Changed(11, NoForm)],
        ["Scan"] = [Changed(9, node => node.Attributes.Has("directions") ? Renamed(node, "directions", "scan_input_directions") : new NodeForm(node.Inputs, node.Attributes))],
        ["Scatter"] = [Changed(11, node => new NodeForm(node.Inputs, node.Attributes, "ScatterElements"))],
        ["Selu"] = [Changed(6, node => WithDefault(WithDefault(node, "alpha", 1.6732f), "gamma", 1.0507f))],
        ["Slice"] = [Changed(10, node => MoveToInputs(node, "starts", "ends", "axes"))],
        ["Softmax"] = [Changed(13, OneAxis)],
        ["Split"] = [Changed(13, node => MoveToInputs(node, "split"), HasInputsFrom(1)), Changed(18, WithCount, node => node.Attributes.Has("num_outputs"))],
        ["Squeeze"] = [Changed(13, AxesToInput, HasInputsFrom(1))],
        ["Sub"] = [Changed(7, WithoutBroadcast)],
        ["Tile"] = [Changed(6, NoForm)],
        ["TopK"] = [Changed(10, node => MoveToInputs(node, "k"))],
        ["Unsqueeze"] = [Changed(13, AxesToInput)],
        ["Upsample"] = [Changed(9, NoForm), Changed(10, NoForm)],
        ["Xor"] = [Changed(7, WithoutBroadcast)],
    };

    /// <summary>Whether an operator's form changed after <paramref name="from"/> and up to <paramref name="to"/>.</summary>
    public static bool ChangedBetween(string op, long from, long to) => ChangesOf(op).Any(change => change.Version > from && change.Version <= to);

    /// <summary>The oldest operator set in which the node can stand as it is, given that it is one of <paramref name="version"/> or newer.</summary>
    public static long OldestFor(Node node, long version)
    {
        var changed = ChangesOf(node.Op.Name).Where(change => change.Version > version && change.Version <= node.Version && change.IsNew(node)).Select(change => (long)change.Version);
        return changed.Append(OpsetAdditions.OldestFor(node, version)).Max();
    }

    /// <summary>The node's form in operator set <paramref name="opset"/>.</summary>
    /// <exception cref="ExportException">It has none that we know.</exception>
    public static NodeForm In(Node node, long opset) => TryIn(node, opset) ?? throw ExportException.NoForm(NodeText.Describe(node), node.Version, opset);

    /// <summary>The node's form in operator set <paramref name="opset"/>; null where it has none that we know.</summary>
    public static NodeForm? TryIn(Node node, long opset)
    {
        // Nothing uses "consumed_inputs", a hint of the first operator sets that the later ones do not know; the declared rank is our own note.
        var form = new NodeForm(node.Inputs, node.Op.Domain.Length == 0 ? node.Attributes.Without("consumed_inputs").Without(DeclaredRank.Attribute) : node.Attributes);
        foreach (var change in node.Op.Domain.Length == 0 ? ChangesOf(node.Op.Name).Where(change => change.Version > node.Version && change.Version <= opset) : [])
        {
            form = change.Upgrade(new Node(node.Op, change.Version, form.Inputs, node.Outputs, form.Attributes, node.Origins));
            if (form is null)
            {
                return null;
            }
        }

        return form;
    }

    private static OpsetChange[] ChangesOf(string op) => Changes.GetValueOrDefault(op, []);

    private static OpsetChange Changed(int version, Func<Node, NodeForm?> upgrade, Func<Node, bool>? isNew = null) => new(version, upgrade, isNew ?? (_ => true));

    private static Func<Node, bool> HasInputsFrom(int position) => node => node.Inputs.Skip(position).Any(input => input is not null);
}
