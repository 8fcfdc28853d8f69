using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Brings the axes of a reduction together, so that x is <c>[outer, axis, inner]</c> with all that is reduced in the middle.</summary>
internal static class ReduceAxes
{
    /// <summary>x as the kernels want it; a transposition is emitted where other axes lie between those that are reduced.</summary>
    public static (Value X, Dim Outer, Dim Axis, Dim Inner) Gather(LowerContext context, Value x, IReadOnlyCollection<int> axes)
    {
        var shape = x.Type.Shape;
        var real = Enumerable.Range(0, shape.Count).Where(axis => !Broadcast.IsOne(shape[axis])).ToArray();
        var reduced = real.Where(axes.Contains).ToArray();
        if (reduced.Length == 0)
        {
            return (x, x.Type.Length, Dim.One, Dim.One);
        }

        var (first, last) = (reduced[0], reduced[^1]);
        if (real.Count(axis => axis > first && axis < last && !axes.Contains(axis)) == 0)
        {
            return (x, KernelAxes.Extent(shape, 0, first), KernelAxes.Extent(shape, first, last + 1), KernelAxes.Extent(shape, last + 1, shape.Count));
        }

        int[] order = [.. Enumerable.Range(0, shape.Count).Where(axis => !axes.Contains(axis)), .. axes.Order()];
        var moved = Value.Of($"{context.Output.Name}_moved", x.Type.With([.. order.Select(axis => shape[axis])]));
        Transpose.Emit(context, x, shape, order, moved);
        return (moved, Dim.Product(shape.Where((_, axis) => !axes.Contains(axis))), Dim.Product(shape.Where((_, axis) => axes.Contains(axis))), Dim.One);
    }
}
