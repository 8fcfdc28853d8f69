using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Export;

/// <summary>How a node of an old form says the same in the next one. The table is in <see cref="OpsetForms"/>.</summary>
internal static class OpsetUpgrades
{
    public static NodeForm? NoForm(Node node) => null;

    public static NodeForm Without(Node node, string attribute) => new(node.Inputs, node.Attributes.Without(attribute));

    public static NodeForm Renamed(Node node, string from, string to) =>
        new(node.Inputs, node.Attributes.Without(from).With(to, node.Attributes.Require<long[]>(from)));

    public static NodeForm WithDefault(Node node, string attribute, object value) => WithDefault(new NodeForm(node.Inputs, node.Attributes), attribute, value);

    public static NodeForm WithDefault(NodeForm form, string attribute, object value) =>
        form.Attributes.Has(attribute) ? form : form with { Attributes = form.Attributes.With(attribute, value) };

    public static NodeForm AxesToInput(Node node) => MoveToInputs(node, "axes");

    /// <summary>Attributes become constant inputs, from the second input on and in the given order; one that is absent becomes an absent input.</summary>
    public static NodeForm MoveToInputs(Node node, params string[] names)
    {
        var inputs = new List<Value?> { node.Inputs[0] };
        var attributes = node.Attributes;
        foreach (var name in names)
        {
            var tensor = attributes.All.FirstOrDefault(pair => pair.Key == name).Value switch
            {
                long[] list => Tensor.Vector(list),
                long number => Tensor.Vector([number]),
                float number => ScalarOf(node.Inputs[0]!.Type.Element, number),
                _ => null,
            };
            inputs.Add(tensor is null ? null : Value.Of($"{node.Output.Name}_{name}", tensor));
            attributes = attributes.Without(name);
        }

        return new NodeForm(inputs, attributes);
    }

    /// <summary>Up to version 12 all axes from the given one on are one axis: the same thing where at most one of them is longer than 1.</summary>
    public static NodeForm? OneAxis(Node node)
    {
        var shape = node.Inputs[0]!.Type.Shape;
        var axis = (int)node.Attributes.Get("axis", 1L);
        axis = axis < 0 ? axis + shape.Count : axis;
        var wide = Enumerable.Range(axis, Math.Max(0, shape.Count - axis)).Where(i => !shape[i].Equals(Dim.One)).ToArray();
        return wide.Length > 1 ? null : new NodeForm(node.Inputs, node.Attributes.With("axis", (long)(wide is [var one] ? one : shape.Count - 1)));
    }

    /// <summary>Normal broadcasting aligns the last axes: a constant operand that started at another axis gets axes of size 1 at its end.</summary>
    public static NodeForm? WithoutBroadcast(Node node)
    {
        var attributes = node.Attributes.Without("broadcast").Without("axis");
        if (!node.Attributes.Flag("broadcast") || !node.Attributes.Has("axis"))
        {
            return new NodeForm(node.Inputs, attributes);
        }

        var (rank, second) = (node.Inputs[0]!.Type.Rank, node.Inputs[1]!);
        var axis = node.Attributes.Int("axis", 0);
        var missing = rank - (axis < 0 ? axis + rank : axis) - second.Type.Rank;
        return missing == 0 ? new NodeForm(node.Inputs, attributes)
            : second.Constant is { } constant ? new NodeForm([node.Inputs[0], Value.Of(second.Name, constant.Reshaped([.. constant.Dims, .. Enumerable.Repeat(1L, missing)]))], attributes)
            : null;
    }

    /// <summary>One mean and variance for each channel is all that is left.</summary>
    public static NodeForm? WithoutSpatial(Node node) => node.Attributes.Flag("spatial", true) ? Without(node, "spatial") : null;

    /// <summary>More outputs were the statistics of training.</summary>
    public static NodeForm? WithOneOutput(Node node) => node.Outputs.Skip(1).All(output => output is null) ? new NodeForm(node.Inputs, node.Attributes) : null;

    public static NodeForm WithCount(Node node) => node.Input(1) is null ? WithDefault(node, "num_outputs", (long)node.Outputs.Count) : new NodeForm(node.Inputs, node.Attributes);

    /// <summary>Scale and bias of a group become those of each of its channels.</summary>
    public static NodeForm? PerChannel(Node node)
    {
        var groups = node.Attributes.Require<long>("num_groups");
        if (!node.Inputs[0]!.Type[1].IsConstant || node.Inputs.Skip(1).Any(input => input!.Constant is null))
        {
            return null;
        }

        var each = (int)(node.Inputs[0]!.Type[1].Constant / groups);
        return new NodeForm([node.Inputs[0], .. node.Inputs.Skip(1).Select(input => Value.Of(input!.Name, Repeated(input.Constant!, each)))], node.Attributes);
    }

    private static Tensor Repeated(Tensor tensor, int times)
    {
        var size = tensor.Type.SizeInBytes();
        var bytes = new byte[tensor.Bytes.Length * times];
        for (var i = 0; i < tensor.Length * times; i++)
        {
            tensor.Bytes.Slice(i / times * size, size).CopyTo(bytes.AsSpan(i * size));
        }

        return new Tensor(tensor.Type, [(long)tensor.Length * times], bytes);
    }

    // Bounds and paddings have the type of what they bound.
    private static Tensor ScalarOf(ElementType type, float value) => type switch
    {
        ElementType.Float16 => Tensor.Scalar((Half)value),
        ElementType.Double => Tensor.Scalar((double)value),
        _ => Tensor.Scalar(value),
    };
}
