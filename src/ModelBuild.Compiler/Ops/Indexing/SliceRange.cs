using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What Slice takes of one axis: a negative bound counts from the end, and a bound outside stands for the nearest end.</summary>
/// <param name="First">The index of the first element.</param>
/// <param name="Step">The distance between elements; negative to run backwards.</param>
/// <param name="Length">How many elements.</param>
internal readonly record struct SliceRange(Dim First, long Step, Dim Length)
{
    // Exporters write such numbers for "to the end".
    private const long Unbounded = int.MaxValue;

    /// <summary>The whole axis.</summary>
    public static SliceRange All(Dim size) => new(Dim.Zero, 1, size);

    /// <exception cref="OperatorException">The step is 0.</exception>
    public static SliceRange Of(Dim size, Dim start, Dim end, Dim step)
    {
        if (!step.IsConstant || step.Constant == 0)
        {
            throw new OperatorException($"{step} is not a step of a slice");
        }

        if (step.Constant > 0)
        {
            var first = Bound(start, size, Dim.Zero, size);
            var limit = Bound(end, size, Dim.Zero, size);
            return new SliceRange(first, step.Constant, Count(first, limit, size, step.Constant));
        }

        // Backwards, from first down to just above last; before the first element is -1. Unlike Python, ONNX lets no start be before the first element.
        var highest = size - Dim.One;
        var from = Bound(start, size, Dim.Zero, highest);
        var last = Bound(end, size, -1, highest);
        var distance = Dim.Min(Dim.Max(from - last, Dim.Zero), size);
        return new SliceRange(from, step.Constant, Dim.CeilDiv(distance, -step.Constant));
    }

    private static Dim Count(Dim first, Dim limit, Dim size, long step)
    {
        // Both lie within the axis, so nothing can be negative where one of them is an end of it.
        var distance = first.Equals(Dim.Zero) || limit.Equals(size) ? limit - first : Dim.Max(limit - first, Dim.Zero);
        return Dim.CeilDiv(distance, step);
    }

    private static Dim Bound(Dim bound, Dim size, Dim lowest, Dim highest)
    {
        if (bound.IsConstant && bound.Constant >= Unbounded)
        {
            return highest;
        }

        if (bound.IsConstant && bound.Constant <= -Unbounded)
        {
            return lowest;
        }

        var index = FromStart(bound, size);
        return index.Equals(highest) ? highest : Dim.Max(Dim.Min(index, highest), lowest);
    }

    private static Dim FromStart(Dim bound, Dim size)
    {
        if (bound.IsNeverNegative)
        {
            return bound;
        }

        if (bound.IsConstant)
        {
            return bound + size;
        }

        // The sign shows at run time: 1 for a negative bound, else 0.
        var isNegative = Dim.Min(Dim.Max(Dim.Zero - bound, Dim.Zero), Dim.One);
        return bound + (isNegative * size);
    }
}
