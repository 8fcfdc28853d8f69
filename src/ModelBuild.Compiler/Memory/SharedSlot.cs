using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Memory;

/// <summary>A slot of the arena that buffers of symbolic size use one after the other: as large as the largest of them, whichever that is at run time.</summary>
internal sealed class SharedSlot
{
    // What symbols count as where sizes are only compared roughly.
    private const long Typical = 64;

    private readonly List<Dim> _sizes = [];

    /// <summary>The last step that reads the slot so far.</summary>
    public int LastUse { get; private set; }

    /// <summary>The size if every symbol were of a typical size.</summary>
    public double Estimate => _sizes.Max(EstimateOf);

    /// <summary>The size: one expression where one buffer is the largest at all sizes, else a maximum.</summary>
    public Dim Size => Largest(0, _sizes.Count);

    public static double EstimateOf(Dim size) => size.Evaluate(_ => Typical);

    /// <summary>Takes another buffer, after those before it.</summary>
    public void Add(Dim size, int lastUse)
    {
        LastUse = lastUse;
        if (!_sizes.Any(other => Covers(other, size)))
        {
            _sizes.RemoveAll(other => Covers(size, other));
            _sizes.Add(size);
        }
    }

    // A balanced tree: a chain of maxima would be as deep as there are buffers.
    private Dim Largest(int begin, int end) =>
        end - begin == 1 ? _sizes[begin] : Dim.Max(Largest(begin, (begin + end) / 2), Largest((begin + end) / 2, end));

    private static bool Covers(Dim large, Dim small) => Dim.Max(large, small).Equals(large) || IsFraction(small, large);

    // Sizes are never negative, so that c * size <= size for c of 0 to 1, whatever the signs of their terms.
    private static bool IsFraction(Dim small, Dim large) =>
        small.Terms.Count == large.Terms.Count && small.Terms.Count > 0
        && small.Terms[0].Coefficient > 0 == large.Terms[0].Coefficient > 0
        && System.Math.Abs(small.Terms[0].Coefficient) <= System.Math.Abs(large.Terms[0].Coefficient)
        && small.Terms.Zip(large.Terms).All(pair =>
            pair.First.Atoms.SequenceEqual(pair.Second.Atoms)
            && (System.Int128)pair.First.Coefficient * large.Terms[0].Coefficient == (System.Int128)pair.Second.Coefficient * small.Terms[0].Coefficient);
}
