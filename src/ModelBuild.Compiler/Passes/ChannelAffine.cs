using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>y = x * Scale + Shift, per channel: a batch normalization in inference, or arithmetic with constants. In double precision, to be rounded once.</summary>
/// <param name="Scale">A factor for each channel.</param>
/// <param name="Shift">A summand for each channel.</param>
internal sealed record ChannelAffine(double[] Scale, double[] Shift)
{
    /// <summary>Neither scales nor shifts.</summary>
    public static ChannelAffine None(int channels) => new([.. Enumerable.Repeat(1.0, channels)], new double[channels]);

    /// <summary>What <paramref name="node"/> makes of <paramref name="x"/>, whose channels are axis 1; null where that is something else.</summary>
    public static ChannelAffine? Of(Node node, Value x)
    {
        if (!node.Output.Type.Equals(x.Type) || x.Type.Rank < 2 || !x.Type[1].IsConstant)
        {
            return null;
        }

        if (node.Is("BatchNormalization"))
        {
            return IsConstant(node) ? OfBatchNormalization(node) : null;
        }

        var isFirst = node.Input(0) == x;
        if (node.Inputs.Count != 2 || Constants(node.Input(isFirst ? 1 : 0), x) is not { } values)
        {
            return null;
        }

        var none = None(values.Length);
        return node.Op.QualifiedName switch
        {
            "Add" => none with { Shift = values },
            "Sub" when isFirst => none with { Shift = [.. values.Select(value => -value)] },
            "Sub" => new([.. none.Scale.Select(one => -one)], values),
            "Mul" => none with { Scale = values },
            "Div" when isFirst => none with { Scale = [.. values.Select(value => 1 / value)] },
            _ => null,
        };
    }

    /// <summary>A batch normalization whose parameters are constants (<see cref="IsConstant"/>).</summary>
    public static ChannelAffine OfBatchNormalization(Node batchNormalization)
    {
        double epsilon = batchNormalization.Attributes.Get("epsilon", 1e-5f);
        var parameters = batchNormalization.Inputs.Skip(1).Take(4).Select(input => input!.Constant!.As<float>().ToArray()).ToArray();
        var (scale, bias, mean, variance) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        var factors = scale.Select((s, i) => s / Math.Sqrt(variance[i] + epsilon)).ToArray();
        return new ChannelAffine(factors, [.. factors.Select((factor, i) => bias[i] - (mean[i] * factor))]);
    }

    /// <summary>Whether the parameters of a batch normalization are constants.</summary>
    public static bool IsConstant(Node batchNormalization) => batchNormalization.Inputs.Skip(1).All(input => input?.Constant is { Type: ElementType.Float });

    /// <summary>This one, and <paramref name="next"/> after it.</summary>
    public ChannelAffine Then(ChannelAffine next) => new(
        [.. Scale.Zip(next.Scale, (first, second) => first * second)],
        [.. Shift.Select((shift, channel) => (shift * next.Scale[channel]) + next.Shift[channel])]);

    // A constant for each channel of x, given as one for all or along axis 1.
    private static double[]? Constants(Value? value, Value x)
    {
        var channels = x.Type[1].Constant;
        if (value?.Constant is not { Type: ElementType.Float } constant || constant.Dims.Count > x.Type.Rank)
        {
            return null;
        }

        var axis = constant.Dims.Count - x.Type.Rank + 1;
        var isChannels = axis >= 0 && constant.Dims[axis] == channels && constant.Length == channels;
        return constant.Length == 1 || isChannels ? [.. Enumerable.Range(0, (int)channels).Select(channel => (double)constant.As<float>()[isChannels ? channel : 0])] : null;
    }
}
