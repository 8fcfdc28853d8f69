using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Shape arguments of the kernels that take their indices from a tensor.</summary>
internal static class AxisGeometry
{
    /// <summary>Positions of <paramref name="indices"/> in a tensor of <paramref name="data"/>'s shape, without the offset along <paramref name="axis"/>.</summary>
    public static StructLiteral OfElements(IReadOnlyList<Dim> data, IReadOnlyList<Dim> indices, int axis)
    {
        var strides = KernelAxes.Strides(data);
        strides[axis] = Dim.Zero;
        return Make(indices, strides);
    }

    /// <summary>The indexed axes of index tuples.</summary>
    public static StructLiteral OfTuples(IReadOnlyList<Dim> data, int first, int count)
    {
        var strides = KernelAxes.Strides(data);
        return Make([.. data.Skip(first).Take(count)], [.. strides.Skip(first).Take(count)]);
    }

    private static StructLiteral Make(IReadOnlyList<Dim> lengths, IReadOnlyList<Dim> strides)
    {
        if (lengths.Count > Axes.Limit)
        {
            throw OperatorException.Unsupported($"more than {Axes.Limit} axes are not supported");
        }

        return StructLiteral.Of<StridedShape>([lengths.Count, 0, .. KernelAxes.Padded(lengths), .. KernelAxes.Padded(strides)]);
    }
}
