using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// Quantizes with ranges that are known at build time. The result says it as ONNX does: a value that becomes an integer passes through QuantizeLinear and
/// DequantizeLinear, weights are integers that pass through DequantizeLinear, and every operator between is the original one.
/// </summary>
internal sealed class StaticQuantizer
{
    private readonly Graph _graph;
    private readonly QuantizedDomain _domain;
    private readonly IReadOnlyDictionary<Value, ActivationParameters> _parameters;
    private readonly StandardNodes _make;
    private readonly Dictionary<Value, Value> _rounded = [];
    private readonly List<Node> _nodes = [];

    private StaticQuantizer(Graph graph, QuantizedDomain domain, IReadOnlyDictionary<Value, ActivationParameters> parameters)
    {
        _graph = graph;
        _domain = domain;
        _parameters = parameters;
        _make = new StandardNodes(new NameScope(graph));
    }

    /// <summary>The quantized graph.</summary>
    /// <param name="graph">A graph of ONNX operators.</param>
    /// <param name="domain">What to quantize.</param>
    /// <param name="parameters">Scale and zero point of every value of the domain.</param>
    public static Graph Quantize(Graph graph, QuantizedDomain domain, IReadOnlyDictionary<Value, ActivationParameters> parameters) =>
        new StaticQuantizer(graph, domain, parameters).Quantize();

    private Graph Quantize()
    {
        foreach (var value in _graph.Inputs.Where(_domain.Values.Contains))
        {
            AddRounding(value);
        }

        var layers = _domain.Units.Where(unit => unit.Layer is not null).ToDictionary(unit => unit.Layer!.Node, unit => unit.Layer!);
        foreach (var node in _graph.Nodes)
        {
            var rounded = WithRoundedInputs(node);
            _nodes.Add(layers.TryGetValue(node, out var layer) ? WithIntegerWeights(rounded, layer) : rounded);
            foreach (var value in node.Outputs.OfType<Value>().Where(_domain.Values.Contains))
            {
                AddRounding(value);
            }
        }

        return new Graph(_graph.Name, _graph.Symbols, _graph.Inputs, _graph.Outputs, GraphOrder.Sort(_nodes, _graph.Outputs));
    }

    private void AddRounding(Value value)
    {
        var (scale, zeroPoint) = _parameters[value];
        var origins = _graph.ProducerOf(value)?.Origins ?? [];
        Value?[] parameters = [_make.Constant($"{value.Name}_scale", Tensor.Scalar(scale)), _make.Constant($"{value.Name}_zero_point", Tensor.Scalar(zeroPoint))];
        var quantize = _make.Make("QuantizeLinear", [value, .. parameters], Attributes.None, origins, $"{value.Name}_quantized");
        var dequantize = _make.Make("DequantizeLinear", [quantize.Output, .. parameters], Attributes.None, origins, $"{value.Name}_dequantized");
        _nodes.AddRange([quantize, dequantize]);
        _rounded[value] = dequantize.Output;
    }

    // What an 8-bit operator made is read in rounded form by everyone: the float does not exist. Of a float, only 8-bit operators read the rounded form.
    private Node WithRoundedInputs(Node node) => node.WithInputs(
        [.. node.Inputs.Select(input => input is not null && _rounded.TryGetValue(input, out var rounded) && (_domain.Produced.Contains(input) || _domain.Nodes.Contains(node)) ? rounded : input)]);

    private Node WithIntegerWeights(Node node, WeightLayer layer)
    {
        var inputScale = _parameters[layer.Input].Scale;
        var hasIntegerBias = layer.Bias is not null && layer.BiasAdd is null;
        var quantized = QuantizedWeights.Of(layer, inputScale);
        var weights = Dequantized(layer.Node.Inputs[1]!.Name, quantized.Values, quantized.Scales, layer.OutputAxis, layer);
        var inputs = node.Inputs.ToArray();
        inputs[1] = weights;
        if (hasIntegerBias)
        {
            var scales = Enumerable.Range(0, layer.Outputs).Select(output => quantized.BiasScale(inputScale, output)).ToArray();
            inputs[2] = Dequantized(layer.Node.Inputs[2]!.Name, Tensor.Of<int>(quantized.Bias(layer.Bias!.As<float>(), inputScale), layer.Outputs), scales, 0, layer);
        }

        return node.WithInputs(inputs);
    }

    private Value Dequantized(string name, Tensor values, float[] scales, int axis, WeightLayer layer)
    {
        Value?[] inputs =
        [
            _make.Constant($"{name}_quantized", values),
            _make.Constant($"{name}_scale", Tensor.Of<float>(scales, scales.Length)),
            _make.Constant($"{name}_zero_point", new Tensor(values.Type, [scales.Length], new byte[values.Bytes.Length / values.Length * scales.Length])),
        ];
        var node = _make.Make("DequantizeLinear", inputs, Attributes.Of(("axis", axis)), layer.Node.Origins, $"{name}_dequantized");
        _nodes.Add(node);
        return node.Output;
    }
}
