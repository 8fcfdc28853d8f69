using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Moves elements of any type as an operator on numbers moves them: the operator is given the place of each element instead, counted from 1, and what it gives is looked up.</summary>
internal static class Places
{
    /// <summary>The elements of <paramref name="x"/> where <paramref name="move"/>, which interpolates nothing, puts them.</summary>
    /// <param name="f">The node that is being replaced.</param>
    /// <param name="x">Elements of any type.</param>
    /// <param name="places">The type of numbers that the operator takes.</param>
    /// <param name="move">The operator; it gives 0 where none of the elements belongs.</param>
    /// <param name="outside">What is put there, a vector of one element.</param>
    public static Value Moved(FunctionContext f, Value x, ElementType places, Func<Value, Value> move, Tensor outside)
    {
        var one = f.Constant(Tensor.Scalar(1L));
        var all = f.Add("Range", one, f.Add("Add", f.Add("Size", x), one), one);
        var moved = move(f.Add("Reshape", f.As(all, places), f.ShapeOf(x)));
        return f.Add("Gather", f.Add("Concat", Attributes.Of(("axis", 0)), f.Constant(outside), f.Add("Reshape", x, f.Constant(-1L))), f.As(moved, ElementType.Int64));
    }

    /// <summary>A vector of one element: 0, false or an empty text.</summary>
    public static Tensor Nothing(ElementType type) => type == ElementType.String ? Tensor.Of([string.Empty], 1) : new Tensor(type, [1], new byte[type.SizeInBytes()]);
}
