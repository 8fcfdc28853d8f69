using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// The factors alpha and beta of a Gemm with constant matrix and bias are multiplied into these, and a bias of one value or one row becomes a vector, so that what
/// follows sees one form: x * W + b. Changes results by the rounding of alpha * w and beta * b.
/// </summary>
internal sealed class FoldGemmFactors : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var gemm in graph.Nodes.Where(node => node.Is("Gemm") && node.Inputs[1]!.Constant is { Type: ElementType.Float } && node.Input(2) is null or { IsConstant: true }))
        {
            var (alpha, beta, columns) = (gemm.Attributes.Get("alpha", 1f), gemm.Attributes.Get("beta", 1f), (int)gemm.Output.Type[1].Constant);
            var c = gemm.Input(2)?.Constant;
            var isRow = c is null || c.Length == 1 || (c.Length == columns && c.Dims[^1] == columns);
            if (isRow && (alpha != 1 || (c is not null && (beta != 1 || c.Dims.Count != 1 || c.Length != columns))))
            {
                var weights = GraphEditor.Constant(gemm.Inputs[1]!.Name, Constants.Map(gemm.Inputs[1]!.Constant!, value => value * alpha));
                var bias = c is null ? null : GraphEditor.Constant(gemm.Inputs[2]!.Name, Row(c, columns, beta));
                var attributes = gemm.Attributes.Without("alpha").Without("beta");
                editor.Replace([gemm], [GraphEditor.NodeFor(gemm.Output, "Gemm", [gemm.Inputs[0], weights, bias], attributes, [gemm])], gemm.Output);
            }
        }

        return editor.ToGraph();
    }

    private static Tensor Row(Tensor c, int columns, float beta)
    {
        var values = c.As<float>().ToArray();
        return Tensor.Of<float>([.. Enumerable.Range(0, columns).Select(i => values[values.Length == 1 ? 0 : i] * beta)], columns);
    }
}
