using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Convolutions and pooling work on NHWC data, in which the values of all channels of one pixel lie together: each becomes its NHWC form between two transposes.
/// MoveTransposes then cancels nearly all of these.
/// </summary>
internal sealed partial class ConvertLayout : Pass
{
    private static readonly long[] ToNhwc = [0, 2, 3, 1];
    private static readonly long[] ToNchw = [0, 3, 1, 2];

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes)
        {
            if (node.Input(0)?.Type.Rank is 3 or 4 && NhwcForm(graph, node) is { } form)
            {
                Replace(editor, node, IsColumn(node) ? Lying(form) : form);
            }
            else if (IsDeepPool(node))
            {
                ReplaceDeepPool(editor, node);
            }
        }

        return editor.ToGraph();
    }

    // The operator and attributes of the NHWC form, and its other inputs.
    private static (string Op, Attributes Attributes, IReadOnlyList<Value?> Inputs)? NhwcForm(Graph graph, Node node)
    {
        var spatial = node.Inputs[0]!.Type.Shape.Skip(2).ToArray();
        if (node.Is("Conv"))
        {
            return node.Output.Type.Element == ElementType.Float ? ConvForm(graph, node, spatial) : null;
        }

        if (node.Op is ConvDynamic)
        {
            var w = node.Inputs[1]!.Constant!;
            return (
                "modelbuild.ConvDynamicNhwc",
                Window.Of(node.Attributes, spatial, [.. w.Dims.Skip(2)]).ToAttributes().With("group", node.Attributes.Get("group", 1L)),
                [GraphEditor.Constant(node.Inputs[1]!.Name, Filter(w)), .. node.Inputs.Skip(2)]);
        }

        if (node.Op is AveragePool or MaxPool)
        {
            if (!HasNhwcPool(node))
            {
                return null;
            }

            var attributes = Window.Of(node.Attributes, spatial, null).ToAttributes();
            return node.Is("MaxPool")
                ? ("modelbuild.MaxPoolNhwc", attributes, [])
                : ("modelbuild.AveragePoolNhwc", attributes.With("count_include_pad", node.Attributes.Get("count_include_pad", 0L)), []);
        }

        return node.Op is GlobalPoolOp ? ("modelbuild.GlobalPoolNhwc", Attributes.Of((GlobalPoolNhwc.OperatorAttribute, node.Op.Name)), []) : null;
    }

    // The plain kernels have what the fast ones have not.
    private static bool HasNhwcPool(Node node) => node.Outputs.Count == 1 && node.Output.Type.Element is not (ElementType.Double or ElementType.Float16 or ElementType.BFloat16);

    private static (string Op, Attributes Attributes, IReadOnlyList<Value?> Inputs)? ConvForm(Graph graph, Node node, Dim[] spatial)
    {
        var bias = LayerConstants.Bias(graph, node.Input(2));
        if (LayerConstants.Weights(graph, node.Inputs[1], 0) is not var (weights, scales) || (bias is null && node.Input(2) is not null))
        {
            return null;
        }

        var window = Window.Of(node.Attributes, spatial, [.. weights.Dims.Skip(2)]);
        var filter = Filter(weights);
        var name = node.Inputs[1]!.Name;
        return (
            "modelbuild.ConvNhwc",
            window.ToAttributes().With("group", node.Attributes.Get("group", 1L)),
            [
                GraphEditor.Constant(name, filter),
                bias is null ? null : GraphEditor.Constant($"{name}_bias", bias),
                null,
                scales is null ? null : GraphEditor.Constant($"{name}_scale", scales),
            ]);
    }

    // An image that is one pixel wide, before and after, may as well be one pixel high: kernels go along rows.
    private static bool IsColumn(Node node) => node.Is("Conv") && node.Inputs[0]!.Type.Rank == 4 && node.Inputs[0]!.Type[3].Equals(Dim.One) && node.Output.Type[3].Equals(Dim.One)
        && !node.Inputs[0]!.Type[2].Equals(Dim.One);

    private static (string Op, Attributes Attributes, IReadOnlyList<Value?> Inputs) Lying((string Op, Attributes Attributes, IReadOnlyList<Value?> Inputs) form)
    {
        if (form.Attributes.Ints("pads") is not [_, 0, _, 0] pads || form.Inputs[0]?.Constant is not { Dims: [var outputs, var inputs, var height, 1] } filter)
        {
            return form;
        }

        var attributes = form.Attributes;
        foreach (var name in new[] { "kernel_shape", "strides", "dilations" })
        {
            attributes = attributes.Ints(name) is [var first, var second] ? attributes.With(name, (long[])[second, first]) : attributes;
        }

        return (form.Op, attributes.With("pads", (long[])[0, pads[0], 0, pads[2]]), [GraphEditor.Constant(form.Inputs[0]!.Name, filter.Reshaped(outputs, inputs, 1, height)), .. form.Inputs.Skip(1)]);
    }

    private static Tensor Filter(Tensor weights) => weights.Dims.Count == 4 ? weights : weights.Reshaped(weights.Dims[0], weights.Dims[1], 1, weights.Dims[2]);

    private static void Replace(GraphEditor editor, Node node, (string Op, Attributes Attributes, IReadOnlyList<Value?> Inputs) form)
    {
        var added = new List<Node>();
        Value Add(string op, IReadOnlyList<Value?> inputs, Attributes attributes, string name)
        {
            added.Add(editor.Node(op, inputs, attributes, [node], name));
            return added[^1].Output;
        }

        var (x, y) = (node.Inputs[0]!, node.Output);
        if (x.Type.Rank == 3)
        {
            x = Add("modelbuild.View", [x], View.To(x.Type[0], x.Type[1], Dim.One, x.Type[2]), $"{x.Name}_4d");
        }

        // The window lies where the image stood.
        var lies = x.Type.Rank == 4 && IsColumn(node) && form.Attributes.Ints("kernel_shape") is [1, _];
        if (lies)
        {
            x = Add("modelbuild.View", [x], View.To(x.Type[0], x.Type[1], Dim.One, x.Type[2]), $"{x.Name}_row");
        }

        var nhwc = Add("Transpose", [x], Attributes.Of(("perm", ToNhwc)), $"{node.Inputs[0]!.Name}_nhwc");
        var result = Add(form.Op, [nhwc, .. form.Inputs], form.Attributes, $"{y.Name}_nhwc");
        if (y.Type.Rank == 3 || lies)
        {
            var nchw = Add("Transpose", [result], Attributes.Of(("perm", ToNchw)), $"{y.Name}_4d");
            added.Add(GraphEditor.NodeFor(y, "modelbuild.View", [nchw], View.To(y.Type.Shape), [node]));
        }
        else
        {
            added.Add(GraphEditor.NodeFor(y, "Transpose", [result], Attributes.Of(("perm", ToNchw)), [node]));
        }

        editor.Replace([node], added, y);
    }
}
