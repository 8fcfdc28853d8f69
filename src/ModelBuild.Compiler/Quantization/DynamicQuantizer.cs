using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// Quantizes without knowing ranges: each layer's input gets its scale and zero point at run time, by DynamicQuantizeLinear; the layer multiplies integers with
/// MatMulInteger or ConvInteger, and its result is scaled back to floats: y = float(xq * wq) * (xScale * wScale[output]) + bias. Where that would take longer than
/// computing in floats, see <see cref="IntegerCost"/>, only the weights are integers, and DequantizeLinear scales them. Everything else stays as it is.
/// </summary>
internal sealed class DynamicQuantizer
{
    private readonly Graph _graph;
    private readonly StandardNodes _make;
    private readonly Dictionary<Value, Node> _quantized = [];
    private readonly List<Node> _nodes = [];

    private DynamicQuantizer(Graph graph)
    {
        _graph = graph;
        _make = new StandardNodes(new NameScope(graph));
    }

    public static Graph Quantize(Graph graph, IReadOnlyList<WeightLayer> layers)
    {
        var quantizer = new DynamicQuantizer(graph);
        var byNode = layers.ToDictionary(layer => layer.Node);
        var integers = layers.Where(IntegerCost.Pays).ToHashSet();
        var done = integers.Select(layer => layer.BiasAdd).OfType<Node>().ToHashSet();
        foreach (var node in graph.Nodes.Where(node => !done.Contains(node)))
        {
            if (!byNode.TryGetValue(node, out var layer))
            {
                quantizer._nodes.Add(node);
            }
            else if (integers.Contains(layer))
            {
                quantizer.AddLayer(layer);
            }
            else
            {
                quantizer.AddWeights(layer);
            }
        }

        return new Graph(graph.Name, graph.Symbols, graph.Inputs, graph.Outputs, GraphOrder.Sort(quantizer._nodes, graph.Outputs));
    }

    // The layer as it was, but with weights of 8 bits.
    private void AddWeights(WeightLayer layer)
    {
        var (quantized, name) = (QuantizedWeights.Of(layer, inputScale: null), layer.Node.Inputs[1]!.Name);
        var weights = _make.Make(
            "DequantizeLinear",
            [
                _make.Constant($"{name}_quantized", quantized.Values),
                _make.Constant($"{name}_scale", Tensor.Of<float>(quantized.Scales, layer.Outputs)),

                // It may be left out, but ONNX Runtime's precise mode for processors without 8-bit dot products runs no model that does so.
                _make.Constant($"{name}_zero_point", Tensor.Of<sbyte>(new sbyte[layer.Outputs], layer.Outputs)),
            ],
            Attributes.Of(("axis", layer.OutputAxis)), layer.Node.Origins, $"{name}_dequantized");
        _nodes.AddRange([weights, layer.Node.WithInputs([layer.Input, weights.Output, .. layer.Node.Inputs.Skip(2)])]);
    }

    private void AddLayer(WeightLayer layer)
    {
        var origins = layer.Node.Origins.Concat(layer.BiasAdd?.Origins ?? []).ToArray();
        var (input, name) = (QuantizedInput(layer.Input), layer.Linear.Name);
        var quantized = QuantizedWeights.Of(layer, inputScale: null);

        // The scales of the outputs stand along the axis of channels: [M, 1, 1] after a convolution, [N] after a product.
        long[] perOutput = [layer.Outputs, .. Enumerable.Repeat(1L, layer.IsConvolution ? layer.Weights.Dims.Count - 2 : 0)];
        var weightName = layer.Node.Inputs[1]!.Name;
        var weights = _make.Constant($"{weightName}_quantized", layer.Node.Is("Gemm") && layer.OutputAxis == 0 ? Transposed(layer, quantized.Values) : quantized.Values);
        var scales = _make.Constant($"{weightName}_scale", Tensor.Of<float>(quantized.Scales, perOutput));

        var product = layer.IsConvolution
            ? _make.Make("ConvInteger", [input.Output, weights, input.Outputs[2]], layer.Node.Attributes, origins, $"{name}_integer")
            : _make.Make("MatMulInteger", [input.Output, weights, input.Outputs[2]], Attributes.None, origins, $"{name}_integer");
        var cast = _make.Make("Cast", [product.Output], Attributes.Of(("to", (long)ElementType.Float)), origins, $"{name}_cast");
        var scale = _make.Make("Mul", [input.Outputs[1], scales], Attributes.None, origins, $"{name}_scale");
        _nodes.AddRange([product, cast, scale]);
        if (layer.Bias is null)
        {
            AddLast(layer, "Mul", cast.Output, scale.Output, origins);
        }
        else
        {
            var scaled = _make.Make("Mul", [cast.Output, scale.Output], Attributes.None, origins, $"{name}_scaled");
            _nodes.Add(scaled);
            AddLast(layer, "Add", scaled.Output, _make.Constant($"{name}_bias", layer.Bias.Reshaped(perOutput)), origins);
        }
    }

    // The last node produces the value that the layer did.
    private void AddLast(WeightLayer layer, string op, Value left, Value right, string[] origins) =>
        _nodes.Add(_make.Make(op, [left, right], Attributes.None, origins, layer.Linear.Name).WithOutputs([layer.Linear]));

    private Node QuantizedInput(Value value)
    {
        if (!_quantized.TryGetValue(value, out var node))
        {
            node = _make.Make(
                "DynamicQuantizeLinear", [value], Attributes.None, _graph.ProducerOf(value)?.Origins ?? [], [$"{value.Name}_quantized", $"{value.Name}_scale", $"{value.Name}_zero_point"]);
            _quantized[value] = node;
            _nodes.Add(node);
        }

        return node;
    }

    private static Tensor Transposed(WeightLayer layer, Tensor values)
    {
        var source = values.As<sbyte>();
        var transposed = new sbyte[values.Length];
        for (var output = 0; output < layer.Outputs; output++)
        {
            for (var inner = 0; inner < layer.Inner; inner++)
            {
                transposed[(inner * layer.Outputs) + output] = source[layer.Offset(inner, output)];
            }
        }

        return Tensor.Of<sbyte>(transposed, layer.Inner, layer.Outputs);
    }
}
