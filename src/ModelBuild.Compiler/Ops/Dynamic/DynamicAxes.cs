using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Operators along axes that a run computes: the axes are moved to the end, where everything is known but the sizes.
/// </summary>
internal static class DynamicAxes
{
    private const string Prefix = Op.OwnDomain + ".";

    /// <summary>x with the axes at its end, and the order that brings them there.</summary>
    public static (Value Moved, Value Order) ToEnd(FunctionContext f, Value x, Value axes)
    {
        var sizes = f.ShapeOf(x);
        var plan = f.AddAll(Prefix + nameof(AxesToEnd), 2, Attributes.None, sizes, Vector(f, axes));
        return (f.Add(Prefix + nameof(TransposeByOrder), x, sizes, plan[0], plan[1]), plan[0]);
    }

    /// <summary>The value with its axes in the order and sizes that <paramref name="like"/> has.</summary>
    public static Value Back(FunctionContext f, Value moved, Value order, Value like)
    {
        var inverse = f.Add(Prefix + nameof(InverseOrder), order);
        var sizes = f.ShapeOf(like);
        return f.Add(Prefix + nameof(ViewAs), f.Add(Prefix + nameof(TransposeByOrder), moved, f.ShapeOf(moved), inverse, sizes), sizes);
    }

    /// <summary>The value with sizes that follow from those of another and from axes, see <see cref="ChangeSizes"/>.</summary>
    public static Value View(FunctionContext f, Value value, Value like, Value axes, string mode) =>
        f.Add(Prefix + nameof(ViewAs), value, f.Add(Prefix + nameof(ChangeSizes), Attributes.Of(("mode", mode)), f.ShapeOf(like), Vector(f, axes)));

    /// <summary>A scalar as a vector of one element.</summary>
    public static Value Vector(FunctionContext f, Value value) => value.Type.Rank == 0 ? f.Add("Reshape", value, f.Constant(1L)) : value;
}
