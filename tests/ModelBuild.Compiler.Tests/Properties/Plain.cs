using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelBuild.Compiler.Tests.Properties;

/// <summary>A tensor of doubles for definitions that anyone can check by eye: an element is what a function of its index says.</summary>
internal sealed record Plain(long[] Dims, double[] Values)
{
    public int Rank => Dims.Length;

    public double this[params long[] index] => Values[Offset(index)];

    /// <summary>The tensor whose element at each index is <paramref name="element"/> of it.</summary>
    public static Plain Of(long[] dims, Func<long[], double> element) => new(dims, [.. Indices(dims).Select(element)]);

    /// <summary>All indices, the last one running fastest.</summary>
    public static IEnumerable<long[]> Indices(long[] dims)
    {
        var count = dims.Aggregate(1L, (product, dim) => product * dim);
        for (var i = 0L; i < count; i++)
        {
            var index = new long[dims.Length];
            var rest = i;
            for (var axis = dims.Length - 1; axis >= 0; axis--)
            {
                (rest, index[axis]) = (rest / dims[axis], rest % dims[axis]);
            }

            yield return index;
        }
    }

    /// <summary>The element that stands at an index of what the tensor is broadcast to.</summary>
    public double Broadcast(long[] index) => this[[.. Dims.Select((dim, axis) => dim == 1 ? 0 : index[axis + index.Length - Rank])]];

    /// <summary>The element, or <paramref name="outside"/> where there is none.</summary>
    public double At(double outside, params long[] index) => index.Where((i, axis) => i < 0 || i >= Dims[axis]).Any() ? outside : this[index];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{string.Join(",", Dims)}]({string.Join(" ", Values.Take(40))})");

    private long Offset(long[] index)
    {
        var offset = 0L;
        for (var axis = 0; axis < Dims.Length; axis++)
        {
            offset = (offset * Dims[axis]) + index[axis];
        }

        return offset;
    }
}
