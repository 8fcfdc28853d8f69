using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelBuild.Plan;

/// <summary>One product in a <see cref="Dim"/>: a coefficient times atoms.</summary>
public readonly struct DimTerm
{
    internal DimTerm(long coefficient, IReadOnlyList<DimAtom> atoms)
    {
        Coefficient = coefficient;
        Atoms = atoms;
    }

    /// <summary>The number in front.</summary>
    public long Coefficient { get; }

    /// <summary>The factors, sorted; a power is repeated.</summary>
    public IReadOnlyList<DimAtom> Atoms { get; }

    /// <summary>Terms of the same key can be added.</summary>
    internal string Key => string.Join("*", Atoms.Select(atom => atom.ToString()));

    /// <summary>The text that <see cref="DimParser"/> reads.</summary>
    public override string ToString()
    {
        var number = Coefficient.ToString(CultureInfo.InvariantCulture);
        return Atoms.Count == 0 ? number : Coefficient == 1 ? Key : number + "*" + Key;
    }

    internal DimTerm Times(DimTerm other) => new(
        checked(Coefficient * other.Coefficient),
        [.. Atoms.Concat(other.Atoms).OrderBy(atom => atom.ToString(), StringComparer.Ordinal)]);

    internal DimTerm? DividedBy(DimTerm divisor)
    {
        if (Coefficient % divisor.Coefficient != 0)
        {
            return null;
        }

        var rest = Atoms.ToList();
        return divisor.Atoms.All(rest.Remove) ? new DimTerm(Coefficient / divisor.Coefficient, rest) : null;
    }

    internal long Evaluate(Func<string, long> symbol)
    {
        var product = Coefficient;
        foreach (var atom in Atoms)
        {
            product = checked(product * atom.Evaluate(symbol));
        }

        return product;
    }
}
