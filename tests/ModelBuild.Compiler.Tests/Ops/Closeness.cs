using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>The comparison of ONNX's backend tests: floats within rtol 1e-3 and atol 1e-7, everything else equal.</summary>
internal static class Closeness
{
    private const double Relative = 1e-3;
    private const double Absolute = 1e-7;

    /// <summary>Where the tensors differ; null where they do not.</summary>
    public static string? Difference(Tensor expected, Tensor actual)
    {
        if (expected.Type != actual.Type || !expected.Dims.SequenceEqual(actual.Dims))
        {
            return $"expected {expected.TensorType}, got {actual.TensorType}";
        }

        return expected.Type switch
        {
            ElementType.Float => Floats(expected, actual, (float x) => x),
            ElementType.Double => Floats(expected, actual, (double x) => x),
            ElementType.Float16 => Floats(expected, actual, (Half x) => (double)x),
            _ => expected.Bytes.SequenceEqual(actual.Bytes) ? null : $"expected {Text(expected)}, got {Text(actual)}",
        };
    }

    private static string? Floats<T>(Tensor expected, Tensor actual, Func<T, double> convert)
        where T : unmanaged
    {
        var e = expected.As<T>();
        var a = actual.As<T>();
        for (var i = 0; i < e.Length; i++)
        {
            var (x, y) = (convert(e[i]), convert(a[i]));
            if (!x.Equals(y) && !(Math.Abs(x - y) <= Absolute + (Relative * Math.Abs(x))))
            {
                return $"element {i} of {expected.TensorType} is {y}, expected {x}";
            }
        }

        return null;
    }

    private static string Text(Tensor tensor) => tensor.Length <= 32 ? TensorText.Of(tensor) : tensor.TensorType.ToString();
}
