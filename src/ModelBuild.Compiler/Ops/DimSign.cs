using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What is known about the sign of a dimension expression.</summary>
internal static class DimSign
{
    /// <summary>Whether the value is at least 1.</summary>
    public static bool IsPositive(Dim dim) => dim.IsNeverNegative && dim.Terms.Any(term => term.Atoms.Count == 0);

    /// <summary>Whether two sizes are equal in some run, as far as that is known.</summary>
    public static bool MayBeEqual(Dim a, Dim b) => !IsPositive(a - b) && !IsPositive(b - a);
}
