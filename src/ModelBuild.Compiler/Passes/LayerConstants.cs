using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>The constants of a layer: floats, or 8-bit integers that a DequantizeLinear scales.</summary>
internal static class LayerConstants
{
    /// <summary>
    /// The weights that <paramref name="value"/> holds, and their scales, one for each index of <paramref name="outputAxis"/>; scales are null where the weights are
    /// floats. Null where the weights are not constant or are quantized in a way that the 8-bit kernels do not know.
    /// </summary>
    public static (Tensor Weights, Tensor? Scales)? Weights(Graph graph, Value? value, int outputAxis)
    {
        if (value?.Constant is { Type: ElementType.Float } floats)
        {
            return (floats, null);
        }

        if (graph.ProducerOf(value) is not { } node || !node.Is("DequantizeLinear") || node.Inputs[0]!.Constant is not { Type: ElementType.Int8 or ElementType.UInt8 } integers
            || QuantizationParameters.Of(node) is not { } parameters || !(parameters.IsPerTensor || parameters.Axis == outputAxis))
        {
            return null;
        }

        var outputs = (int)integers.Dims[outputAxis];
        var stride = integers.Dims.Skip(outputAxis + 1).Aggregate(1L, (product, dim) => product * dim);
        var values = QuantizationParameters.ToInt(integers);
        var weights = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var centred = values[i] - parameters.ZeroPoints[parameters.IsPerTensor ? 0 : (int)(i / stride % outputs)];
            if (centred is < sbyte.MinValue or > sbyte.MaxValue)
            {
                return null;
            }

            weights[i] = (sbyte)centred;
        }

        var scales = Enumerable.Range(0, outputs).Select(output => parameters.Scales[parameters.IsPerTensor ? 0 : output]).ToArray();
        return (Tensor.Of<sbyte>(weights, integers.Dims), Tensor.Of<float>(scales, outputs));
    }

    /// <summary>The bias as floats: a constant, or a dequantized one. Null where it is neither.</summary>
    public static Tensor? Bias(Graph graph, Value? value)
    {
        if (value?.Constant is { Type: ElementType.Float } floats)
        {
            return floats;
        }

        if (graph.ProducerOf(value) is not { } node || !node.Is("DequantizeLinear") || node.Inputs[0]!.Constant is not { Dims.Count: <= 1 } integers
            || QuantizationParameters.Of(node) is not { } parameters)
        {
            return null;
        }

        var values = QuantizationParameters.ToInt(integers)
            .Select((integer, i) => (integer - parameters.ZeroPoints[parameters.IsPerTensor ? 0 : i]) * parameters.Scales[parameters.IsPerTensor ? 0 : i]).ToArray();
        return Tensor.Of<float>(values, integers.Dims);
    }

    /// <summary>Weights [outputs along <paramref name="outputAxis"/>] as floats.</summary>
    public static Tensor ToFloat(Tensor weights, Tensor? scales, int outputAxis)
    {
        if (scales is null)
        {
            return weights;
        }

        var stride = weights.Dims.Skip(outputAxis + 1).Aggregate(1L, (product, dim) => product * dim);
        var factors = scales.As<float>().ToArray();
        return Tensor.Of<float>([.. weights.As<sbyte>().ToArray().Select((weight, i) => weight * factors[(int)(i / stride % factors.Length)])], weights.Dims);
    }
}
