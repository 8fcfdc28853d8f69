using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Gemm and MatMul with constant weights on the right become Dense: transposition, alpha and beta are folded into the constants, and a constant vector that is added
/// to a MatMul becomes the bias.
/// </summary>
internal sealed class UseDense : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes)
        {
            if (node.Is("Gemm"))
            {
                Replace(editor, node, Gemm(node));
            }
            else if (node.Is("MatMul") && node.Inputs[1]?.Constant is { Dims.Count: 2, Type: ElementType.Float })
            {
                Replace(editor, node, GraphEditor.NodeFor(node.Output, "modelbuild.Dense", [node.Inputs[0], node.Inputs[1], null], Attributes.None, [node]));
            }
            else if (node.Is("Add"))
            {
                AddBias(editor, node);
            }
        }

        return editor.ToGraph();
    }

    private static void Replace(GraphEditor editor, Node old, Node? dense)
    {
        if (dense is not null)
        {
            editor.Replace([old], [dense], old.Output);
        }
    }

    private static Node? Gemm(Node gemm)
    {
        if (gemm.Inputs[1]?.Constant is not { Type: ElementType.Float } b || gemm.Attributes.Flag("transA") || gemm.Input(2) is { IsConstant: false })
        {
            return null;
        }

        var columns = (int)gemm.Output.Type[1].Constant;
        if (gemm.Input(2)?.Constant is { } c && !(c.Length == 1 || (c.Length == columns && c.Dims[^1] == columns)))
        {
            return null; // One bias per row, or a whole matrix.
        }

        var weights = gemm.Attributes.Flag("transB") ? Constants.Transpose(b) : b;
        var alpha = gemm.Attributes.Get("alpha", 1f);
        var scaled = alpha == 1 ? weights : Constants.Map(weights, value => value * alpha);
        return GraphEditor.NodeFor(
            gemm.Output, "modelbuild.Dense", [gemm.Inputs[0], GraphEditor.Constant(gemm.Inputs[1]!.Name, scaled), Bias(gemm, columns)], Attributes.None, [gemm]);
    }

    private static Value? Bias(Node gemm, int columns)
    {
        if (gemm.Input(2)?.Constant is not { } c)
        {
            return null;
        }

        var beta = gemm.Attributes.Get("beta", 1f);
        var values = c.As<float>().ToArray();
        return GraphEditor.Constant(gemm.Inputs[2]!.Name, Tensor.Of<float>([.. Enumerable.Range(0, columns).Select(i => values[values.Length == 1 ? 0 : i] * beta)], columns));
    }

    private static void AddBias(GraphEditor editor, Node add)
    {
        for (var side = 0; side < 2; side++)
        {
            if (editor.Graph.ProducerOf(add.Inputs[side]) is { } dense && dense.Is("Dense", Ops.Op.OwnDomain) && !editor.IsReplaced(dense)
                && dense.Input(2) is null && dense.Input(3) is null && Ops.Clamp.IsNone(dense.Attributes)
                && editor.Graph.OnlyConsumerOf(dense.Output) == add
                && add.Inputs[1 - side]?.Constant is { } bias && bias.Length == dense.Output.Type[-1].Constant && bias.Dims.Count > 0 && bias.Dims[^1] == bias.Length
                && add.Output.Type.Equals(dense.Output.Type))
            {
                var vector = GraphEditor.Constant(add.Inputs[1 - side]!.Name, bias.Reshaped(bias.Length));
                var fused = GraphEditor.NodeFor(add.Output, "modelbuild.Dense", [dense.Inputs[0], dense.Inputs[1], vector], dense.Attributes, [dense, add]);
                editor.Replace([dense, add], [fused], add.Output);
                return;
            }
        }
    }
}
