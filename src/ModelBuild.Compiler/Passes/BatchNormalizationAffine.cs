using System;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Passes;

/// <summary>Batch normalization in inference: y = x * Scale + Shift, per channel.</summary>
/// <param name="Scale">scale / sqrt(var + epsilon).</param>
/// <param name="Shift">B - mean * Scale.</param>
internal sealed record BatchNormalizationAffine(float[] Scale, float[] Shift)
{
    /// <summary>Computed in double precision and rounded once.</summary>
    public static BatchNormalizationAffine Of(Node node)
    {
        double epsilon = node.Attributes.Get("epsilon", 1e-5f);
        var parameters = node.Inputs.Skip(1).Take(4).Select(input => input!.Constant!.As<float>().ToArray()).ToArray();
        var (scale, bias, mean, variance) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        var factors = scale.Select((s, i) => s / Math.Sqrt(variance[i] + epsilon)).ToArray();
        return new BatchNormalizationAffine(
            [.. factors.Select(factor => (float)factor)],
            [.. factors.Select((factor, i) => (float)(bias[i] - (mean[i] * factor)))]);
    }
}
