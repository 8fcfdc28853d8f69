using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Moves transposes towards the outputs of the model, past operators that treat all elements alike or work along axes, until one meets its inverse and both vanish. The
/// pipeline repeats the pass until nothing moves.
/// </summary>
internal sealed partial class MoveTransposes : Pass
{
    public override Graph Run(Graph graph)
    {
        // Every rule states what one value is in terms of values before it, so all matches of the graph may be replaced at once; and since nodes come in order, a
        // transpose moves past a whole chain in one run.
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes)
        {
            _ = Merge(editor, node) || BecomeView(editor, node) || MovePastUnary(editor, node) || MovePastElementwise(editor, node) || MovePastView(editor, node) || MovePastAxes(editor, node);
        }

        return editor.ToGraph();
    }

    // Transpose(Transpose(x)) is one Transpose of x, or x itself.
    private static bool Merge(GraphEditor editor, Node node)
    {
        if (Permutation.Of(node) is not { } second)
        {
            return false;
        }

        if (second.IsIdentity && !editor.Graph.IsOutput(node.Output))
        {
            editor.Remove(node);
            editor.Redirect(node.Output, node.Inputs[0]!);
            return true;
        }

        if (editor.ProducerOf(node.Inputs[0]) is not { } producer || Permutation.Of(producer) is not { } first)
        {
            return false;
        }

        var both = first.Then(second);
        if (both.IsIdentity && !editor.Graph.IsOutput(node.Output))
        {
            editor.Remove(node);
            editor.Redirect(node.Output, producer.Inputs[0]!);
        }
        else
        {
            editor.Replace([node], [GraphEditor.NodeFor(node.Output, "Transpose", [producer.Inputs[0]], both.ToAttributes(), [producer, node])], node.Output);
        }

        return true;
    }

    // Between two axes of which one has length 1 there is nothing to transpose.
    private static bool BecomeView(GraphEditor editor, Node node)
    {
        if (Permutation.Of(node) is not { } permutation || !permutation.KeepsOrder(node.Inputs[0]!.Type))
        {
            return false;
        }

        editor.Replace([node], [GraphEditor.NodeFor(node.Output, "modelbuild.View", [node.Inputs[0]], View.To(node.Output.Type.Shape), [node])], node.Output);
        return true;
    }

    // f(Transpose(x)) = Transpose(f(x)) for every f that treats all elements alike; and the same for the View of a Transpose. Bounds move past any View of a layer, which can take them.
    private static bool MovePastUnary(GraphEditor editor, Node node)
    {
        if (!IsUnary(node) || editor.ProducerOf(node.Inputs[0]) is not { } producer)
        {
            return false;
        }

        var isMoved = Permutation.Of(producer) is not null
            || (View.IsMeantBy(producer) && (Permutation.Of(editor.ProducerOf(producer.Inputs[0])) is not null || (FuseActivation.Bounds(node) is not null && editor.ProducerOf(producer.Inputs[0])?.Op is IClampedOp)));
        if (!isMoved)
        {
            return false;
        }

        var inner = editor.Node(node.Op.QualifiedName, [producer.Inputs[0], .. node.Inputs.Skip(1)], node.Attributes, [node], $"{node.Output.Name}_moved");
        var (op, attributes) = producer.Op is IAliasOp ? ("modelbuild.View", View.To(node.Output.Type.Shape)) : (producer.Op.QualifiedName, producer.Attributes);
        editor.Replace([node], [inner, GraphEditor.NodeFor(node.Output, op, [inner.Output], attributes, [producer])], node.Output);
        return true;
    }

    private static bool IsUnary(Node node) =>
        node.Op is UnaryOp || node.Is("Clip")
        || ((node.Is("QuantizeLinear") || node.Is("DequantizeLinear")) && !node.Inputs[0]!.IsConstant && QuantizationParameters.Of(node) is { IsPerTensor: true });

    // f(Transpose(a), Transpose(b)) = Transpose(f(a, b)). A constant is transposed the other way now, and so is what has but one axis to speak of, which is a view.
    private static bool MovePastElementwise(GraphEditor editor, Node node)
    {
        var isElementwise = node.Op is BinaryOp or VariadicOp || node.Is("PRelu") || node.Is("Where") || node.Is("Pow");
        if (!isElementwise || (node.Op is BinaryOp && node.Version < 7) || (node.Is("PRelu") && node.Version < 7))
        {
            return false;
        }

        var permutation = node.Inputs.Select(input => Permutation.Of(editor.ProducerOf(input))).FirstOrDefault(p => p is not null && p.Axes.Count == node.Output.Type.Rank);
        if (permutation is null || MovedInputs(editor, node, permutation) is not var (inputs, views))
        {
            return false;
        }

        var inner = editor.Node(node.Op.QualifiedName, inputs, node.Attributes, [node], $"{node.Output.Name}_moved");
        editor.Replace([node], [.. views, inner, GraphEditor.NodeFor(node.Output, "Transpose", [inner.Output], permutation.ToAttributes(), [node])], node.Output);
        return true;
    }

    // What the inputs of a node are before they are transposed, and the views that takes; null where one would have to be transposed indeed.
    private static (IReadOnlyList<Value?> Inputs, IReadOnlyList<Node> Views)? MovedInputs(GraphEditor editor, Node node, Permutation permutation)
    {
        var (inputs, views) = (new List<Value?>(), new List<Node>());
        void AddView(Value value, IReadOnlyList<Dim> shape, Permutation order)
        {
            views.Add(editor.Node("modelbuild.View", [value], View.To(order.Axes.Select(axis => shape[(int)axis])), [node], $"{value.Name}_moved"));
            inputs.Add(views[^1].Output);
        }

        foreach (var input in node.Inputs.OfType<Value>())
        {
            var producer = editor.ProducerOf(input);
            if (Permutation.Of(producer)?.Equals(permutation) == true)
            {
                inputs.Add(producer!.Inputs[0]);
            }
            else if (Permutation.Of(producer)?.Then(permutation.Inverse) is { } difference && difference.KeepsOrder(producer!.Inputs[0]!.Type))
            {
                AddView(producer.Inputs[0]!, producer.Inputs[0]!.Type.Shape, difference);
            }
            else if (Untransposed(editor, input, permutation) is { } known)
            {
                inputs.Add(known);
            }
            else if (input.Constant is { } constant)
            {
                inputs.Add(GraphEditor.Constant(input.Name, Untransposed(constant, permutation)));
            }
            else if (input.Type.Rank <= permutation.Axes.Count && Aligned(input.Type, permutation.Axes.Count) is var aligned && permutation.Inverse.KeepsOrder(aligned))
            {
                AddView(input, aligned.Shape, permutation.Inverse);
            }
            else
            {
                return null;
            }
        }

        return (inputs, views);
    }

    // What the input is before the transpose, where another node needs it so, too.
    private static Value? Untransposed(GraphEditor editor, Value input, Permutation permutation) =>
        editor.Graph.Consumers[input].FirstOrDefault(node => Permutation.Of(node)?.Equals(permutation.Inverse) == true)?.Output;

    private static TensorType Aligned(TensorType type, int rank) => type.With([.. Enumerable.Repeat(Dim.One, rank - type.Rank), .. type.Shape]);

    // Broadcasting aligns axes at the end, so axes of length 1 are put in front first.
    private static Tensor Untransposed(Tensor constant, Permutation permutation)
    {
        if (constant.Length == 1)
        {
            return constant;
        }

        var aligned = constant.Reshaped([.. Enumerable.Repeat(1L, permutation.Axes.Count - constant.Dims.Count), .. constant.Dims]);
        return Constants.Transpose(aligned, permutation.Inverse);
    }
}
