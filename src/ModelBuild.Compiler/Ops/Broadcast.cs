using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// ONNX's multidirectional broadcasting (https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md) over dimensions that may be symbolic. A symbolic dimension
/// goes with itself and with 1; whether it would fit anything else is known only at run time, so that is refused.
/// </summary>
internal static class Broadcast
{
    /// <summary>The common shape.</summary>
    /// <exception cref="OperatorException">There is none, or none that is known now.</exception>
    public static IReadOnlyList<Dim> Shape(params IReadOnlyList<IReadOnlyList<Dim>> shapes)
    {
        var rank = shapes.Max(shape => shape.Count);
        var result = new Dim[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            result[axis] = Dim.One;
            foreach (var shape in shapes.Where(shape => axis >= rank - shape.Count))
            {
                result[axis] = Join(result[axis], shape[axis - rank + shape.Count], shapes);
            }
        }

        return result;
    }

    /// <summary>Whether the dimension is the number 1, along which a tensor repeats.</summary>
    public static bool IsOne(Dim dim) => dim.Equals(Dim.One);

    private static Dim Join(Dim a, Dim b, IReadOnlyList<IReadOnlyList<Dim>> shapes)
    {
        if (IsOne(a) || a.Equals(b))
        {
            return b;
        }

        if (IsOne(b))
        {
            return a;
        }

        var text = string.Join(" and ", shapes.Select(shape => $"[{string.Join(",", shape)}]"));
        throw a.IsConstant && b.IsConstant
            ? new OperatorException($"the shapes {text} cannot be broadcast: {a} is not {b}")
            : OperatorException.Unsupported(
                $"the shapes {text} can be broadcast only if {a} equals {b}, which is not known",
                "Give equal dimensions the same name in the model, or fix their sizes with Dimensions.");
    }
}
