using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Properties;

/// <summary>Generators of shapes, axes and contents.</summary>
internal static class Cases
{
    /// <summary>Sizes of dimensions: small, 1 often, with those next to the width of a vector.</summary>
    public static Gen<long> Size { get; } = Gen.Frequency((3, Gen.Choose(1, 4)), (1, Gen.Constant(1)), (1, Gen.Elements(5, 7, 8, 9, 17))).Select(size => (long)size);

    public static Gen<long[]> Shape(int least = 0, int most = 4) => Gen.Choose(least, most).SelectMany(rank => Size.ArrayOf(rank));

    /// <summary>A tensor with small multiples of 1/4, which sums and products keep exact.</summary>
    public static Gen<Plain> Tensor(long[] dims, int low = -20, int high = 20) =>
        Gen.Choose(low, high).ArrayOf((int)dims.Aggregate(1L, (a, b) => a * b)).Select(values => new Plain(dims, [.. values.Select(value => value / 4.0)]));

    /// <summary>A tensor of whole numbers.</summary>
    public static Gen<Plain> Whole(long[] dims, int low, int high) =>
        Gen.Choose(low, high).ArrayOf((int)dims.Aggregate(1L, (a, b) => a * b)).Select(values => new Plain(dims, [.. values.Select(value => (double)value)]));

    public static Gen<Plain> Tensor(int least = 0, int most = 4) => Shape(least, most).SelectMany(dims => Tensor(dims));

    /// <summary>A shape that broadcasts to <paramref name="dims"/>: some axes are 1, and the first ones may be missing.</summary>
    public static Gen<long[]> BroadcastTo(long[] dims) =>
        from skipped in Gen.Choose(0, dims.Length)
        from ones in Gen.Elements(true, false).ArrayOf(dims.Length)
        select dims.Select((dim, axis) => ones[axis] ? 1 : dim).Skip(skipped).ToArray();

    /// <summary>Some axes of a tensor, each in 0..rank-1 or counted from the end.</summary>
    public static Gen<long[]> Axes(int rank) =>
        from axes in Gen.SubListOf(Enumerable.Range(0, rank))
        from fromEnd in Gen.Elements(true, false).ArrayOf(rank)
        select axes.Select(axis => fromEnd[axis] ? axis - rank : (long)axis).ToArray();

    public static Gen<long> Axis(int rank) => Gen.Choose(-rank, rank - 1).Select(axis => (long)axis);

    /// <summary>Whether each dimension of a model's inputs is a symbol.</summary>
    public static Gen<bool> Symbolic { get; } = Gen.Elements(true, false);

    /// <summary>The types in which quarters of small numbers are exact.</summary>
    public static Gen<ElementType> Float { get; } = Gen.Elements(ElementType.Float, ElementType.Float, ElementType.Double, ElementType.Float16);
}
