using System;
using System.Linq;

namespace ModelBuild.Testing;

/// <summary>How far two tensors are apart.</summary>
public static class TensorDifference
{
    /// <summary>
    /// The largest absolute difference over the range of the expected tensor, which is largest minus smallest value, or the magnitude where all values are the same, and at
    /// least 1e-6.
    /// Types and shapes must agree. Strings, Booleans and integers are equal (0) or infinitely far apart; so are NaN or an
    /// infinity and anything else.
    /// </summary>
    public static double RelativeToRange(Tensor expected, Tensor actual)
    {
        if (expected.Type != actual.Type || !expected.Shape.SequenceEqual(actual.Shape))
        {
            return double.PositiveInfinity;
        }

        return expected.Type switch
        {
            TensorType.Float32 => Difference(expected, actual, (float x) => x),
            TensorType.Float64 => Difference(expected, actual, (double x) => x),
            TensorType.Float16 => Difference(expected, actual, (Half x) => (double)x),
            TensorType.String => expected.Strings.SequenceEqual(actual.Strings) ? 0 : double.PositiveInfinity,
            _ => expected.Bytes.SequenceEqual(actual.Bytes) ? 0 : double.PositiveInfinity,
        };
    }

    private static double Difference<T>(Tensor expected, Tensor actual, Func<T, double> convert)
        where T : unmanaged
    {
        ReadOnlySpan<T> e = expected.Values<T>();
        ReadOnlySpan<T> a = actual.Values<T>();
        double smallest = double.PositiveInfinity;
        double largest = double.NegativeInfinity;
        double worst = 0;
        for (int i = 0; i < e.Length; i++)
        {
            double x = convert(e[i]);
            double y = convert(a[i]);
            if (double.IsFinite(x))
            {
                smallest = Math.Min(smallest, x);
                largest = Math.Max(largest, x);
            }

            if (!x.Equals(y))
            {
                double distance = Math.Abs(x - y);
                worst = Math.Max(worst, double.IsNaN(distance) ? double.PositiveInfinity : distance);
            }
        }

        double range = largest > smallest ? largest - smallest : Math.Abs(largest);
        return worst / Math.Max(double.IsFinite(range) ? range : 0, 1e-6);
    }
}
