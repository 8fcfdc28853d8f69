using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Operators that only move data, or choose among it, work on bytes as well as on what the bytes stand for: DequantizeLinear moves behind them, and QuantizeLinear in
/// front of them, until each stands next to the layer that it belongs to.
/// </summary>
internal sealed class MoveQuantization : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes)
        {
            _ = MoveDequantize(editor, node) || MoveQuantize(editor, node);
        }

        return editor.ToGraph();
    }

    // f(DequantizeLinear(x)) = DequantizeLinear(f(x)), also for a maximum: a scale is positive and keeps order.
    private static bool MoveDequantize(GraphEditor editor, Node node)
    {
        if (!(IsMove(node) || node.Op is MaxPoolNhwc) || editor.Graph.ProducerOf(node.Inputs[0]) is not { } dequantize || !IsPerTensor(dequantize, "DequantizeLinear"))
        {
            return false;
        }

        var (op, attributes) = Form(node);
        var moved = editor.Node(op, [dequantize.Inputs[0]], attributes, [node], $"{node.Output.Name}_quantized");
        editor.Replace([node], [moved, GraphEditor.NodeFor(node.Output, "DequantizeLinear", [moved.Output, .. dequantize.Inputs.Skip(1)], dequantize.Attributes, [dequantize])], node.Output);
        return true;
    }

    // QuantizeLinear(f(x)) = f(QuantizeLinear(x)), where nobody else needs f(x).
    private static bool MoveQuantize(GraphEditor editor, Node quantize)
    {
        if (!IsPerTensor(quantize, "QuantizeLinear") || editor.Graph.ProducerOf(quantize.Inputs[0]) is not { } move || !IsMove(move) || editor.IsReplaced(move)
            || editor.Graph.OnlyConsumerOf(move.Output) != quantize || editor.Graph.ProducerOf(move.Inputs[0]) is null)
        {
            return false;
        }

        var early = editor.Node("QuantizeLinear", [move.Inputs[0], .. quantize.Inputs.Skip(1)], quantize.Attributes, [quantize], $"{move.Inputs[0]!.Name}_quantized");
        editor.Replace([quantize], [early, GraphEditor.NodeFor(quantize.Output, Form(move).Op, [early.Output], Form(move).Attributes, [move])], quantize.Output);
        return true;
    }

    // A node of an old operator set must not be copied as one of the newest; a view has no versions.
    private static (string Op, Attributes Attributes) Form(Node node) =>
        node.Op is IAliasOp ? ("modelbuild.View", View.To(node.Output.Type.Shape)) : (node.Op.QualifiedName, node.Attributes);

    private static bool IsMove(Node node) => node.Is("Transpose") || View.IsMeantBy(node);

    private static bool IsPerTensor(Node node, string op) =>
        node.Is(op) && !node.Inputs[0]!.IsConstant && QuantizationParameters.Of(node) is { IsPerTensor: true, Type: ElementType.UInt8, Scale: > 0 };
}
