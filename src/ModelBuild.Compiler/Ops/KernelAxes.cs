using System.Collections.Generic;
using System.Linq;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Fields of the kernels' shape structs, which have room for <see cref="Axes.Limit"/> axes.</summary>
internal static class KernelAxes
{
    /// <summary>One number for each axis, then zeros.</summary>
    public static IEnumerable<Scalar> Padded(IEnumerable<Dim> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            count++;
            yield return value;
        }

        for (; count < Axes.Limit; count++)
        {
            yield return 0;
        }
    }

    /// <summary>The strides of a tensor that lies in memory without gaps.</summary>
    public static Dim[] Strides(IReadOnlyList<Dim> shape)
    {
        var strides = new Dim[shape.Count];
        var stride = Dim.One;
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>The product of the axes from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public static Dim Extent(IReadOnlyList<Dim> shape, int start, int end) => Dim.Product(shape.Take(end).Skip(start));
}
