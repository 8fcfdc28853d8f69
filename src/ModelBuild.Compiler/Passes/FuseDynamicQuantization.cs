using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// float(MatMulInteger(xq, w)) * (x_scale * w_scale) + bias, with xq from DynamicQuantizeLinear(x), becomes one layer; the same with ConvInteger. This is the form
/// that our quantizer writes, and ONNX Runtime's. The layer scales and adds the bias in one rounding, where the single operators round twice.
/// </summary>
internal sealed class FuseDynamicQuantization : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var product in graph.Nodes.Where(node => node.Is("MatMulInteger") || node.Is("ConvInteger")))
        {
            if (Match(graph, product) is { } match)
            {
                editor.Replace(match.Nodes, [Layer(match, product)], match.Result);
            }
        }

        return editor.ToGraph();
    }

    private static Node Layer(Found found, Node product)
    {
        var name = product.Inputs[1]!.Name;
        var (weights, scales) = (GraphEditor.Constant(name, found.Weights), GraphEditor.Constant($"{name}_scale", found.Scales));
        var bias = found.Bias is null ? null : GraphEditor.Constant($"{name}_bias", found.Bias);
        return product.Is("ConvInteger")
            ? GraphEditor.NodeFor(found.Result, "modelbuild.ConvDynamic", [found.Quantize.Inputs[0], weights, bias, scales], product.Attributes, found.Nodes)
            : GraphEditor.NodeFor(
                found.Result, "modelbuild.DenseDynamic", [product.Inputs[0], weights, bias, scales, found.Quantize.Outputs[1], found.Quantize.Outputs[2]], Attributes.None, found.Nodes);
    }

    private static Found? Match(Graph graph, Node product)
    {
        var outputAxis = product.Is("ConvInteger") ? 0 : 1;
        if (graph.ProducerOf(product.Inputs[0]) is not { } quantize || !quantize.Is("DynamicQuantizeLinear") || quantize.Outputs.Count < 3
            || quantize.Outputs[1] is null || product.Input(2) is null || product.Input(2) != quantize.Outputs[2]
            || product.Inputs[0] != quantize.Outputs[0] || !(product.Is("ConvInteger") || product.Inputs[1]!.Type.Rank == 2)
            || Centred(product, outputAxis) is not { } weights
            || graph.OnlyConsumerOf(product.Output) is not { } cast || !cast.Is("Cast") || cast.Output.Type.Element != ElementType.Float
            || graph.OnlyConsumerOf(cast.Output) is not { } scaled || !scaled.Is("Mul"))
        {
            return null;
        }

        // Scales and bias stand along the axis of outputs: the last one of a product, the second of a convolution.
        var outputs = (int)weights.Dims[outputAxis];
        var trailing = product.Is("ConvInteger") ? product.Output.Type.Rank - 2 : 0;
        var scale = graph.ProducerOf(Other(scaled, cast.Output));
        if (scale is null || !scale.Is("Mul") || !scale.Inputs.Contains(quantize.Outputs[1]) || !scaled.Output.Type.Equals(cast.Output.Type)
            || PerOutput(Other(scale, quantize.Outputs[1]!).Constant, outputs, trailing) is not { } scales)
        {
            return null;
        }

        var add = graph.OnlyConsumerOf(scaled.Output);
        var bias = add is not null && add.Is("Add") && add.Output.Type.Equals(scaled.Output.Type) ? PerOutput(Other(add, scaled.Output).Constant, outputs, trailing) : null;
        return bias is null
            ? new Found(quantize, weights, scales, null, scaled.Output, [product, cast, scaled])
            : new Found(quantize, weights, scales, bias, add!.Output, [product, cast, scaled, add]);
    }

    // The weights less their zero points, where that fits into signed bytes.
    private static Tensor? Centred(Node product, int outputAxis)
    {
        if (product.Inputs[1]!.Constant is not { } weights || product.Input(3) is { IsConstant: false })
        {
            return null;
        }

        var outputs = (int)weights.Dims[outputAxis];
        var stride = weights.Dims.Skip(outputAxis + 1).Aggregate(1L, (count, dim) => count * dim);
        var values = Ops.QuantizationParameters.ToInt(weights);
        var zeros = product.Input(3)?.Constant is { } zero ? Ops.QuantizationParameters.ToInt(zero) : [0];
        if (zeros.Length != 1 && zeros.Length != outputs)
        {
            return null;
        }

        var centred = values.Select((value, i) => value - zeros[zeros.Length == 1 ? 0 : (int)(i / stride % outputs)]).ToArray();
        return centred.All(value => value is >= sbyte.MinValue and <= sbyte.MaxValue) ? Tensor.Of<sbyte>([.. centred.Select(value => (sbyte)value)], weights.Dims) : null;
    }

    private static Tensor? PerOutput(Tensor? constant, int outputs, int trailing)
    {
        if (constant is not { Type: ElementType.Float })
        {
            return null;
        }

        if (constant.Length == 1)
        {
            return Tensor.Of<float>([.. Enumerable.Repeat(constant.As<float>()[0], outputs)], outputs);
        }

        var axis = constant.Dims.Count - 1 - trailing;
        return axis >= 0 && constant.Length == outputs && constant.Dims[axis] == outputs ? constant.Reshaped(outputs) : null;
    }

    private static Value Other(Node node, Value one) => node.Inputs[0] == one ? node.Inputs[1]! : node.Inputs[0]!;

    private sealed record Found(Node Quantize, Tensor Weights, Tensor Scales, Tensor? Bias, Value Result, IReadOnlyList<Node> Nodes);
}
