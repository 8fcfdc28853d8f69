using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>A Gemm that is no layer, since its matrix on the right is computed, becomes transpositions, a MatMul, and what scales and adds.</summary>
internal sealed class ExpandGemm : Pass
{
    private static readonly long[] Swap = [1, 0];

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => node.Is("Gemm")))
        {
            Replace(editor, node);
        }

        return editor.ToGraph();
    }

    private static void Replace(GraphEditor editor, Node gemm)
    {
        var added = new List<Node>();
        Value Add(string op, IReadOnlyList<Value?> inputs, Attributes attributes, string suffix)
        {
            added.Add(editor.Node(op, inputs, attributes, [gemm], $"{gemm.Output.Name}_{suffix}"));
            return added[^1].Output;
        }

        Value Factor(string attribute, Value value)
        {
            var factor = gemm.Attributes.Get(attribute, 1f);
            var element = value.Type.Element;
            return factor == 1 ? value : Add("Mul", [value, GraphEditor.Constant($"{gemm.Output.Name}_{attribute}", Scalar(factor, element))], Attributes.None, $"times_{attribute}");
        }

        Value Operand(int input, string attribute) => gemm.Attributes.Flag(attribute)
            ? Add("Transpose", [gemm.Inputs[input]], Attributes.Of(("perm", Swap)), attribute)
            : gemm.Inputs[input]!;

        var sum = Factor("alpha", Add("MatMul", [Operand(0, "transA"), Operand(1, "transB")], Attributes.None, "product"));
        if (gemm.Input(2) is { } c)
        {
            sum = Add("Add", [sum, Factor("beta", c)], Attributes.None, "sum");
        }

        // The last node makes the value that others read.
        var last = added[^1];
        added[^1] = GraphEditor.NodeFor(gemm.Output, last.Op.QualifiedName, last.Inputs, last.Attributes, [gemm]);
        editor.Replace([gemm], added, gemm.Output);
    }

    // alpha and beta are floats also where the matrices are not; integers use their whole part, as the reference implementation does.
    private static Tensor Scalar(float factor, ElementType element) => element switch
    {
        ElementType.Double => Tensor.Of<double>([factor], []),
        ElementType.Int32 => Tensor.Of<int>([(int)factor], []),
        ElementType.Int64 => Tensor.Of<long>([(long)factor], []),
        ElementType.UInt32 => Tensor.Of<uint>([(uint)factor], []),
        ElementType.UInt64 => Tensor.Of<ulong>([(ulong)factor], []),
        _ => Tensor.Of<float>([factor], []),
    };
}
