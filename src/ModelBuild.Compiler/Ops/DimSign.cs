using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What is known about the sign of a dimension expression. Symbols, quotients of sizes, maxima and minima stand for sizes, which are never negative.</summary>
internal static class DimSign
{
    /// <summary>Whether the value cannot be negative.</summary>
    public static bool IsNeverNegative(Dim dim) => dim.Terms.All(term => term.Coefficient > 0 && term.Atoms.All(IsSize));

    /// <summary>Whether the value is at least 1.</summary>
    public static bool IsPositive(Dim dim) => IsNeverNegative(dim) && dim.Terms.Any(term => term.Atoms.Count == 0);

    // A quotient, maximum or minimum is as good as its arguments: those of a difference may be negative.
    private static bool IsSize(DimAtom atom) => atom.Symbol is not null
        || (atom.Function == DimFunction.Max
            ? IsNeverNegative(atom.Left!) || IsNeverNegative(atom.Right!)
            : IsNeverNegative(atom.Left!) && IsNeverNegative(atom.Right!));
}
