using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>The permutation of a Transpose: output axis i is input axis <c>Axes[i]</c>.</summary>
/// <param name="Axes">Each of 0..rank-1 once.</param>
internal sealed record Permutation(IReadOnlyList<long> Axes)
{
    public bool IsIdentity => Axes.Index().All(pair => pair.Item == pair.Index);

    public Permutation Inverse => new([.. Enumerable.Range(0, Axes.Count).Select(axis => (long)Axes.Index().First(pair => pair.Item == axis).Index)]);

    /// <summary>The permutation of a Transpose node; null for any other node.</summary>
    public static Permutation? Of(Node? node) => node is null || !node.Is("Transpose")
        ? null
        : new Permutation(node.Attributes.Ints("perm") ?? [.. Enumerable.Range(0, node.Output.Type.Rank).Reverse().Select(axis => (long)axis)]);

    /// <summary>First this, then <paramref name="next"/>.</summary>
    public Permutation Then(Permutation next) => new([.. next.Axes.Select(axis => Axes[(int)axis])]);

    public Attributes ToAttributes() => Attributes.Of(("perm", Axes.ToArray()));

    /// <summary>Whether transposing leaves the order of elements as it is, since only axes of length 1 change places.</summary>
    public bool KeepsOrder(TensorType input) =>
        Axes.Where(axis => !input[(int)axis].Equals(Dim.One)).ToArray() is var moved && moved.SequenceEqual(moved.Order());

    public bool Equals(Permutation? other) => other is not null && Axes.SequenceEqual(other.Axes);

    public override int GetHashCode() => Axes.Count;
}
