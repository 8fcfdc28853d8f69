using System;
using System.Globalization;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Verification;

/// <summary>How far an output may be from what is expected: a number may differ by Absolute + Relative * |expected| + OfRange * (the range of the expected output) + Step.</summary>
/// <param name="Relative">Relative to the expected number.</param>
/// <param name="Absolute">At any number.</param>
/// <param name="OfRange">Relative to the range of the output.</param>
/// <param name="Steps">How many steps an integer may differ by.</param>
internal sealed record Tolerance(double Relative, double Absolute, double OfRange = 0, double Steps = 0)
{
    /// <summary>That of ONNX's own test cases.</summary>
    public static readonly Tolerance Onnx = new(1e-3, 1e-7);
}

/// <summary>Compares an output with what is expected of it.</summary>
internal static class Comparison
{
    /// <summary>In words, where the two differ; null where they do not.</summary>
    public static string? Difference(Tensor expected, Tensor actual, Tolerance tolerance)
    {
        if (TypeDifference(expected, actual) is { } other)
        {
            return other;
        }

        if (expected.Type == ElementType.String)
        {
            var first = expected.Strings.Zip(actual.Strings).ToList().FindIndex(pair => pair.First != pair.Second);
            return first < 0 ? null : $"element {first} is \"{actual.Strings[first]}\", expected \"{expected.Strings[first]}\"";
        }

        if (Numbers(expected) is not { } e || Numbers(actual) is not { } a)
        {
            return expected.Bytes.SequenceEqual(actual.Bytes) ? null : $"expected {expected.TensorType} with other contents";
        }

        var isExact = !expected.Type.IsFloatingPoint() && (!expected.Type.IsNarrow() || expected.Type.IsNarrowInteger());
        var finite = e.Where(double.IsFinite).ToArray();
        var range = finite.Length == 0 ? 0 : Math.Max(finite.Max() - finite.Min(), finite.Max(Math.Abs));
        var (worst, place, count) = (0d, -1, 0);
        for (var i = 0; i < e.Length; i++)
        {
            if (e[i].Equals(a[i]))
            {
                continue;
            }

            var difference = Math.Abs(e[i] - a[i]);
            var allowed = isExact ? tolerance.Steps : tolerance.Absolute + (tolerance.Relative * Math.Abs(e[i])) + (tolerance.OfRange * range);
            if (!(difference <= allowed))
            {
                count++;
                if (place < 0 || !(difference <= worst))
                {
                    (worst, place) = (difference, i);
                }
            }
        }

        return place < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} of {e.Length} values of {expected.TensorType} differ, most by {worst:G4}: element {place} is {a[place]:G9}, expected {e[place]:G9}");
    }

    /// <summary>In words, where element type or sizes differ; null where they do not.</summary>
    public static string? TypeDifference(Tensor expected, Tensor actual) =>
        expected.Type == actual.Type && expected.Dims.SequenceEqual(actual.Dims) ? null : $"expected {expected.TensorType}, got {actual.TensorType}";

    // 64-bit integers and truth values must be the same to the bit.
    private static double[]? Numbers(Tensor tensor) => tensor.Type is ElementType.Int64 or ElementType.UInt64 or ElementType.Bool ? null : TensorNumbers.ToDoubles(tensor);
}
