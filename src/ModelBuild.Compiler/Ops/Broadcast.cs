using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// ONNX's multidirectional broadcasting (https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md) over dimensions that may be symbolic. A symbolic dimension
/// goes with itself and with 1; whether it fits anything else is checked at run time.
/// </summary>
internal static class Broadcast
{
    /// <summary>The common shape.</summary>
    /// <exception cref="OperatorException">There is none.</exception>
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

        if (a.IsConstant && b.IsConstant)
        {
            var text = string.Join(" and ", shapes.Select(shape => $"[{string.Join(",", shape)}]"));
            throw new OperatorException($"the shapes {text} cannot be broadcast: {a} is not {b}");
        }

        // The other one is the same or 1: the run shows which.
        return a.IsConstant ? a : b.IsConstant ? b : Dim.Max(a, b);
    }

    /// <summary>1 where a tensor of that dimension moves along with a result of the other one, 0 where it repeats.</summary>
    public static Dim Factor(Dim dim, Dim result) => IsOne(dim) ? Dim.Zero : dim.Equals(result) ? Dim.One : Dim.Min(dim - 1, Dim.One);

    /// <summary>Emits what only a run can show: that every dimension is the result's or 1.</summary>
    public static void Check(LowerContext context, IReadOnlyList<Dim> result, params IReadOnlyList<IReadOnlyList<Dim>> shapes)
    {
        foreach (var shape in shapes)
        {
            for (var axis = 0; axis < shape.Count; axis++)
            {
                var (dim, whole) = (shape[axis], result[axis + result.Count - shape.Count]);
                if (!IsOne(dim) && !dim.Equals(whole))
                {
                    context.RequireZero((whole - dim) * (dim - 1), $"sizes {dim} and {whole} cannot be broadcast");
                }
            }
        }
    }
}
