using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Gemm and MatMul with constant weights on the right become Dense: transposition, alpha and beta are folded into the constants, and a constant vector that is added
/// to a MatMul becomes the bias. Weights that are stored as 8-bit integers stay so.
/// </summary>
internal sealed class UseDense : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes)
        {
            var dense = node.Is("Gemm") ? Gemm(graph, node) : node.Is("MatMul") ? MatMul(graph, node) : null;
            if (dense is not null)
            {
                editor.Replace([node], [dense], node.Output);
            }
            else if (node.Is("Add"))
            {
                AddBias(editor, node);
            }
        }

        return editor.ToGraph();
    }

    private static Node? MatMul(Graph graph, Node node) =>
        node.Inputs[1]!.Type.Rank == 2 && node.Output.Type.Element == ElementType.Float && LayerConstants.Weights(graph, node.Inputs[1], 1) is { } constants
            ? Create(node, constants, null)
            : null;

    private static Node? Gemm(Graph graph, Node gemm)
    {
        var isTransposed = gemm.Attributes.Flag("transB");
        if (gemm.Output.Type.Element != ElementType.Float || gemm.Attributes.Flag("transA") || LayerConstants.Weights(graph, gemm.Inputs[1], isTransposed ? 0 : 1) is not { } constants)
        {
            return null;
        }

        var columns = (int)gemm.Output.Type[1].Constant;
        var c = LayerConstants.Bias(graph, gemm.Input(2));
        if ((c is null && gemm.Input(2) is not null) || (c is not null && c.Length != 1 && (c.Length != columns || c.Dims[^1] != columns)))
        {
            return null; // Not constant, or one value for each row.
        }

        var (alpha, beta) = (gemm.Attributes.Get("alpha", 1f), gemm.Attributes.Get("beta", 1f));
        var weights = isTransposed ? Constants.Transpose(constants.Weights) : constants.Weights;
        var scaled = constants.Scales is null
            ? (alpha == 1 ? weights : Constants.Map(weights, value => value * alpha), (Tensor?)null)
            : (weights, Constants.Map(constants.Scales, value => value * alpha));
        var values = c?.As<float>().ToArray();
        return Create(gemm, scaled, values is null ? null : Tensor.Of<float>([.. Enumerable.Range(0, columns).Select(i => values[values.Length == 1 ? 0 : i] * beta)], columns));
    }

    private static Node Create(Node node, (Tensor Weights, Tensor? Scales) constants, Tensor? bias)
    {
        var name = node.Inputs[1]!.Name;
        return GraphEditor.NodeFor(
            node.Output,
            "modelbuild.Dense",
            [
                node.Inputs[0],
                GraphEditor.Constant(name, constants.Weights),
                bias is null ? null : GraphEditor.Constant($"{name}_bias", bias),
                null,
                constants.Scales is null ? null : GraphEditor.Constant($"{name}_scale", constants.Scales),
            ],
            Attributes.None,
            [node]);
    }

    private static void AddBias(GraphEditor editor, Node add)
    {
        for (var side = 0; side < 2; side++)
        {
            if (editor.Graph.ProducerOf(add.Inputs[side]) is { } dense && dense.Is("Dense", Op.OwnDomain) && !editor.IsReplaced(dense)
                && dense.Input(2) is null && dense.Input(3) is null && Clamp.IsNone(dense.Attributes)
                && editor.Graph.OnlyConsumerOf(dense.Output) == add
                && LayerConstants.Bias(editor.Graph, add.Inputs[1 - side]) is { Dims.Count: > 0 } bias && bias.Length == dense.Output.Type[-1].Constant && bias.Dims[^1] == bias.Length
                && add.Output.Type.Equals(dense.Output.Type))
            {
                var vector = GraphEditor.Constant(add.Inputs[1 - side]!.Name, bias.Reshaped(bias.Length));
                var fused = GraphEditor.NodeFor(add.Output, "modelbuild.Dense", [dense.Inputs[0], dense.Inputs[1], vector, .. dense.Inputs.Skip(3)], dense.Attributes, [dense, add]);
                editor.Replace([dense, add], [fused], add.Output);
                return;
            }
        }
    }
}
