using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// A fully connected layer after a flattened image sums over all its values, in whatever order: instead of transposing the image from NHWC to NCHW before it is
/// flattened, the rows of the weights are permuted at build time. The order of the sum changes, and so may the last bits.
/// </summary>
internal sealed class AbsorbTranspose : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var dense in graph.Nodes.Where(node => node.Is("Dense", Op.OwnDomain)))
        {
            if (graph.ProducerOf(dense.Inputs[0]) is { } view && View.IsMeantBy(view) && graph.ProducerOf(view.Inputs[0]) is { } transpose
                && Permutation.Of(transpose) is { } permutation && Flattens(transpose, permutation, dense.Inputs[0]!.Type))
            {
                var image = transpose.Inputs[0]!;
                var rows = permutation.Axes.Skip(1).Select(axis => image.Type[(int)axis].Constant).ToArray();
                var w = dense.Inputs[1]!.Constant!;
                var order = new Permutation([.. new Permutation([.. permutation.Axes.Skip(1).Select(axis => axis - 1)]).Inverse.Axes, rows.Length]);
                var permuted = Constants.Transpose(w.Reshaped([.. rows, w.Dims[1]]), order).Reshaped(w.Dims);
                var flat = editor.Node("modelbuild.View", [image], View.To(dense.Inputs[0]!.Type.Shape), [view], $"{image.Name}_flat");
                var replacement = GraphEditor.NodeFor(
                    dense.Output, "modelbuild.Dense", [flat.Output, GraphEditor.Constant(dense.Inputs[1]!.Name, permuted), .. dense.Inputs.Skip(2)], dense.Attributes, [dense]);
                editor.Replace([dense], [flat, replacement], dense.Output);
            }
        }

        return editor.ToGraph();
    }

    // The batch stays in front, and each row of the matrix is one whole image of known size.
    private static bool Flattens(Node transpose, Permutation permutation, TensorType matrix)
    {
        var image = transpose.Inputs[0]!.Type;
        return permutation.Axes[0] == 0 && image.Shape.Skip(1).All(dim => dim.IsConstant)
            && matrix[-1].Equals(Dim.Product(image.Shape.Skip(1)));
    }
}
