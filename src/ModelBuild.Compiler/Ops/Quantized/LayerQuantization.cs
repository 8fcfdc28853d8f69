using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The arithmetic of an 8-bit layer. With x = (X - zx) * sx, w = W * sw[n] and y = (Y - zy) * sy, the sum over k of x * w plus the bias is
/// (sum of X * W - zx * sum of W + bias / (sx * sw)) * sx * sw: an integer times one float per output. Attributes x_scale and x_zero; y_scale and y_zero where the
/// output is quantized; min and max, the bounds of the real output.
/// </summary>
/// <param name="Bias">Per output: bias / (sx * sw), rounded, less zx times the sum of the weights.</param>
/// <param name="Scales">Per output: sx * sw / sy, or sx * sw where the output is real.</param>
/// <param name="Output">How the integer becomes the quantized output.</param>
internal sealed record LayerQuantization(int[] Bias, float[] Scales, Requantize Output)
{
    private const string XScale = "x_scale";
    private const string XZero = "x_zero";
    private const string YScale = "y_scale";
    private const string YZero = "y_zero";

    /// <summary>The attributes for given parameters; <paramref name="y"/> is null where the output is real.</summary>
    public static Attributes With(Attributes attributes, QuantizationParameters x, QuantizationParameters? y)
    {
        var result = attributes.With(XScale, x.Scale).With(XZero, (long)x.ZeroPoint);
        return y is null ? result : result.With(YScale, y.Scale).With(YZero, (long)y.ZeroPoint);
    }

    public static ElementType OutputType(Attributes attributes) => attributes.Has(YScale) ? ElementType.UInt8 : ElementType.Float;

    public static int InputZeroPoint(Attributes attributes) => attributes.Int(XZero, 0);

    /// <summary>Whether larger sums give larger outputs, for a node whose input 3 has the scales of the weights.</summary>
    public static bool HasPositiveScales(Node node)
    {
        var scales = node.Inputs[3]!.Constant!.As<float>();
        return !scales.ContainsAnyExceptInRange(float.Epsilon, float.MaxValue) && node.Attributes.Require<float>(XScale) > 0 && node.Attributes.Get(YScale, 1f) > 0;
    }

    /// <summary>The scale of the input over the scale of the output.</summary>
    public static float Ratio(Attributes attributes) => attributes.Require<float>(XScale) / attributes.Require<float>(YScale);

    public static (float Scale, int ZeroPoint) OutputParameters(Attributes attributes) => (attributes.Require<float>(YScale), attributes.Int(YZero, 0));

    /// <summary>The arithmetic of a node whose input 2 is the bias and input 3 the scales of the weights.</summary>
    /// <param name="context">The node.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="weightSum">The sum of the integer weights of an output.</param>
    public static LayerQuantization Of(LowerContext context, int outputs, Func<int, int> weightSum)
    {
        var attributes = context.Attributes;
        var xScale = attributes.Require<float>(XScale);
        var weightScales = context.Input(3).Constant!.As<float>().ToArray();
        var realBias = context.Node.Input(2)?.Constant!.As<float>().ToArray();
        var yScale = attributes.Get(YScale, 1f);
        var bias = new int[outputs];
        var scales = new float[outputs];
        for (var n = 0; n < outputs; n++)
        {
            var scale = (double)xScale * weightScales[n];
            var quantized = realBias is null || scale == 0 ? 0 : Math.Round(realBias[n] / scale, MidpointRounding.ToEven);
            bias[n] = (int)Math.Clamp(quantized - ((long)InputZeroPoint(attributes) * weightSum(n)), int.MinValue, int.MaxValue);
            scales[n] = (float)(scale / yScale);
        }

        return new LayerQuantization(bias, scales, attributes.Has(YScale) ? Bounds(attributes) : default);
    }

    /// <summary>The quantized bounds: quantization keeps order, so that clamping before it and after it is the same.</summary>
    public static Requantize Bounds(Attributes attributes)
    {
        var (scale, zero) = OutputParameters(attributes);
        var (min, max) = Clamp.Of(attributes);
        return new Requantize(zero, Quantize(min, scale, zero), Quantize(max, scale, zero));
    }

    /// <summary>The constants of the kernel call.</summary>
    public static (Value Weights, Value Bias, Value Scales) Constants(LowerContext context, sbyte[] weights, int[] bias, float[] scales, string note) => (
        context.Constant(Tensor.Of<sbyte>(weights, weights.Length), "weight", note),
        context.Constant(Tensor.Of<int>(bias, bias.Length), "bias", string.Empty),
        context.Constant(Tensor.Of<float>(scales, scales.Length), "scale", string.Empty));

    private static int Quantize(float value, float scale, int zero) =>
        (int)Math.Clamp(Math.Round((double)(value / scale), MidpointRounding.ToEven) + zero, byte.MinValue, byte.MaxValue);
}
