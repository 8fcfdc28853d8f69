using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// DequantizeLinear, an operator, QuantizeLinear become one operator on bytes. Layers with 8-bit weights compute in integers even where no QuantizeLinear follows; any
/// unary function of a byte is a table of 256 bytes; operators that only move data move bytes.
/// </summary>
internal sealed class FuseQuantized : Pass
{
    private const int ScalesInput = 4;

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes)
        {
            if (SameBytes(graph, node) is { } bytes)
            {
                editor.Remove(node);
                editor.Redirect(node.Output, bytes);
                continue;
            }

            var fused = node.Is("QuantizeLinear") ? FuseBefore(graph, editor, node) : Layer(graph, node, null);
            if (fused is not null)
            {
                editor.Replace([node], fused, node.Output);
            }
        }

        return editor.ToGraph();
    }

    // Bytes that are made real and quantized again with the same parameters: every byte comes back, since (b - z) * s / s is b - z when rounded.
    private static Value? SameBytes(Graph graph, Node node) =>
        node.Is("QuantizeLinear") && !graph.IsOutput(node.Output) && ByteParameters(node) is { } y && Dequantized(graph, node.Inputs[0]) is { } x && x.Parameters.Equals(y) ? x.Bytes : null;

    // What stands before a QuantizeLinear, together with it.
    private static IReadOnlyList<Node>? FuseBefore(Graph graph, GraphEditor editor, Node quantize)
    {
        if (ByteParameters(quantize) is not { } y || graph.ProducerOf(quantize.Inputs[0]) is not { } producer)
        {
            return null;
        }

        if (Dequantized(graph, producer.Output) is { } direct)
        {
            return [Lookup([], direct, quantize)];
        }

        if (graph.OnlyConsumerOf(producer.Output) != quantize)
        {
            return null;
        }

        if (Layer(graph, producer, quantize) is { } layer)
        {
            return layer;
        }

        return producer switch
        {
            _ when FuseActivation.Bounds(producer) is { } bounds && graph.ProducerOf(producer.Inputs[0]) is { } sum && sum.Is("Add") && graph.OnlyConsumerOf(sum.Output) == producer
                => Add(graph, sum, quantize, y, bounds),
            { Op: UnaryOp } or { Op.Name: "Clip" } => Dequantized(graph, producer.Inputs[0]) is { } x && producer.Inputs.Skip(1).All(bound => bound is null or { IsConstant: true }) ? [Lookup([producer], x, quantize)] : null,
            _ when producer.Is("Add") => Add(graph, producer, quantize, y, (float.NegativeInfinity, float.PositiveInfinity)),
            { Op: MaxPoolNhwc or Transpose or IAliasOp } => Move(graph, producer, quantize, y),
            _ when producer.Is("Concat") => Move(graph, producer, quantize, y),
            { Op: GlobalPoolNhwc } => GlobalAverage(graph, producer, quantize, y),
            { Op: AveragePoolNhwc } => Pool(graph, producer, quantize, y),
            _ => null,
        };
    }

    // A layer with 8-bit weights whose input is a dequantized byte tensor.
    private static IReadOnlyList<Node>? Layer(Graph graph, Node layer, Node? quantize)
    {
        if (layer.Op is not (Dense or ConvNhwc) || layer.Input(ScalesInput) is not { } scales || layer.Input(3) is not null || Dequantized(graph, layer.Inputs[0]) is not { } x)
        {
            return null;
        }

        if (quantize is null && graph.OnlyConsumerOf(layer.Output) is { } consumer && ByteParameters(consumer) is not null)
        {
            return null; // It is fused with that QuantizeLinear.
        }

        var attributes = LayerQuantization.With(layer.Attributes, x.Parameters, quantize is null ? null : ByteParameters(quantize));
        var result = quantize ?? layer;
        return [GraphEditor.NodeFor(
            result.Output,
            layer.Op is Dense ? "modelbuild.DenseInt8" : "modelbuild.ConvInt8Nhwc",
            [x.Bytes, layer.Inputs[1], layer.Input(2), scales],
            attributes,
            quantize is null ? [layer] : [layer, quantize])];
    }

    // The table is computed by the operators themselves, from all 256 bytes.
    private static Node Lookup(IReadOnlyList<Node> unary, ByteTensor x, Node quantize)
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var value = Value.Of("table", Tensor.Of<byte>(bytes, bytes.Length));
        foreach (var node in (Node[])[x.Dequantize, .. unary, quantize])
        {
            var applied = NodeFactory.Create(node.Op, node.Version, [value, .. node.Inputs.Skip(1)], node.Attributes, [], ["table"]);
            value = Value.Of($"{quantize.Output.Name}_table", ConstantFolder.Run(applied)[0]);
        }

        return GraphEditor.NodeFor(quantize.Output, "modelbuild.LookupU8", [x.Bytes, value], Attributes.None, [.. unary, quantize]);
    }

    private static IReadOnlyList<Node>? Add(Graph graph, Node add, Node quantize, QuantizationParameters y, (float Min, float Max) bounds)
    {
        if (Dequantized(graph, add.Inputs[0]) is not { } a || Dequantized(graph, add.Inputs[1]) is not { } b || !add.Inputs.All(input => input!.Type.Equals(add.Output.Type)))
        {
            return null;
        }

        var attributes = QuantizedAdd.With(Attributes.None, a.Parameters, b.Parameters, y, bounds);
        return [GraphEditor.NodeFor(quantize.Output, "modelbuild.AddU8", [a.Bytes, b.Bytes], attributes, [add, quantize])];
    }

    // Where the parameters before and after are the same, the bytes stay as they are.
    private static IReadOnlyList<Node>? Move(Graph graph, Node move, Node quantize, QuantizationParameters y)
    {
        var dataInputs = move.Is("Concat") ? move.Inputs.Count : 1;
        var sources = move.Inputs.Take(dataInputs).Select(input => Dequantized(graph, input)).ToArray();
        if (sources.Any(source => source is null || !source.Parameters.Equals(y)))
        {
            return null;
        }

        return [GraphEditor.NodeFor(quantize.Output, move.Op.QualifiedName, [.. sources.Select(source => source!.Bytes), .. move.Inputs.Skip(dataInputs)], move.Attributes, [move, quantize])];
    }

    private static IReadOnlyList<Node>? GlobalAverage(Graph graph, Node pool, Node quantize, QuantizationParameters y) =>
        pool.Attributes.Require<string>(GlobalPoolNhwc.OperatorAttribute) == "GlobalAveragePool" && Dequantized(graph, pool.Inputs[0]) is { } x
            && (x.Bytes.Type[1] * x.Bytes.Type[2]).IsConstant
            ? [GraphEditor.NodeFor(quantize.Output, "modelbuild.GlobalAverageU8Nhwc", [x.Bytes], LayerQuantization.With(Attributes.None, x.Parameters, y), [pool, quantize])]
            : null;

    private static IReadOnlyList<Node>? Pool(Graph graph, Node pool, Node quantize, QuantizationParameters y) => Dequantized(graph, pool.Inputs[0]) is { } x
        ? [GraphEditor.NodeFor(quantize.Output, "modelbuild.AveragePoolU8Nhwc", [x.Bytes], LayerQuantization.With(pool.Attributes, x.Parameters, y), [pool, quantize])]
        : null;

    private static ByteTensor? Dequantized(Graph graph, Value? value) =>
        graph.ProducerOf(value) is { } node && node.Is("DequantizeLinear") && ByteParameters(node) is { } parameters && !node.Inputs[0]!.IsConstant
            ? new ByteTensor(node.Inputs[0]!, parameters, node)
            : null;

    private static QuantizationParameters? ByteParameters(Node node) =>
        (node.Is("QuantizeLinear") || node.Is("DequantizeLinear")) && QuantizationParameters.Of(node) is { IsPerTensor: true, Type: ElementType.UInt8 } parameters ? parameters : null;

    private sealed record ByteTensor(Value Bytes, QuantizationParameters Parameters, Node Dequantize);
}
