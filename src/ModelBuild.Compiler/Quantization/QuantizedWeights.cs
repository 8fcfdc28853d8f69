using System;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Quantization;

/// <summary>The weights of a layer as signed 8-bit integers: w = q * Scales[output].</summary>
/// <param name="Values">In the layout of the layer's weights, from -127 to 127.</param>
/// <param name="Scales">One per output.</param>
internal sealed record QuantizedWeights(Tensor Values, float[] Scales)
{
    private const int Largest = 127;

    // A bias keeps at least this many steps, which is what an output without weights has.
    private const double FewestBiasSteps = 1 << 20;

    // Smaller weights are zero for all that a float can tell.
    private const double SmallestScale = 1e-30;

    /// <summary>
    /// Rounds the weights, symmetrically for each output, so that the largest becomes 127.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputScale">
    /// The scale of the layer's quantized input: the bias is an integer in steps of inputScale * Scales[output]. An output whose bias would overflow gets a larger
    /// scale. Null where the bias stays a float.
    /// </param>
    public static QuantizedWeights Of(WeightLayer layer, float? inputScale)
    {
        var weights = layer.Weights.As<float>();
        var bias = layer.Bias is { } b ? b.As<float>() : [];
        var values = new sbyte[weights.Length];
        var scales = new float[layer.Outputs];
        for (var output = 0; output < layer.Outputs; output++)
        {
            var scale = Scale(weights, layer, output, bias.IsEmpty ? 0 : bias[output], inputScale);
            scales[output] = scale;
            for (var inner = 0; inner < layer.Inner; inner++)
            {
                var offset = layer.Offset(inner, output);
                values[offset] = (sbyte)Math.Clamp(Math.Round((double)weights[offset] / scale, MidpointRounding.ToEven), -Largest, Largest);
            }
        }

        return new QuantizedWeights(Tensor.Of<sbyte>(values, layer.Weights.Dims), scales);
    }

    /// <summary>The bias in steps of <paramref name="inputScale"/> * Scales[output].</summary>
    public int[] Bias(ReadOnlySpan<float> bias, float inputScale)
    {
        var values = new int[bias.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (int)Math.Round(bias[i] / BiasScale(inputScale, i), MidpointRounding.ToEven);
        }

        return values;
    }

    /// <summary>The step of the bias of an output, as the product of two floats rounds.</summary>
    public float BiasScale(float inputScale, int output) => inputScale * Scales[output];

    private static float Scale(ReadOnlySpan<float> weights, WeightLayer layer, int output, float bias, float? inputScale)
    {
        var largest = 0f;
        for (var inner = 0; inner < layer.Inner; inner++)
        {
            largest = Math.Max(largest, Math.Abs(weights[layer.Offset(inner, output)]));
        }

        var scale = (double)largest / Largest;
        if (inputScale is { } step)
        {
            // The accumulator holds the bias beside Inner products of up to 255 * 127.
            var room = Math.Max(FewestBiasSteps, int.MaxValue - ((double)byte.MaxValue * Largest * layer.Inner));
            scale = Math.Max(scale, Math.Abs(bias) / (step * (scale < SmallestScale ? FewestBiasSteps : room)));
        }

        return scale < SmallestScale ? 1 : (float)scale;
    }
}
