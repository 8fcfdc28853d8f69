using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Prints dimensions as C# expressions of type <c>int</c>.</summary>
/// <param name="symbols">The plan's symbols, for their bounds.</param>
/// <param name="nameOf">What a symbol is called where the expression stands.</param>
internal sealed class DimText(IReadOnlyList<PlanSymbol> symbols, Func<string, string> nameOf)
{
    // In comments every quotient is written alike.
    private static readonly DimText Mathematics = new([], symbol => symbol);

    private readonly DimBounds _bounds = new(symbols);

    /// <summary>A dimension as comments show it, with the plan's own names: <c>(width+2)/2</c>.</summary>
    public static string Comment(Dim dim) => Mathematics.Of(dim).Replace(" ", string.Empty).Replace("Math.M", "m");

    /// <summary>An expression, which needs parentheses beside any operator but <c>+</c> if it has more than one operand.</summary>
    public string Of(Dim dim)
    {
        if (dim.IsConstant)
        {
            return Literals.Of(dim.Constant);
        }

        // Numbers last, as one would write it by hand, and what is subtracted behind what is added.
        var text = string.Empty;
        foreach (var term in dim.Terms.OrderBy(term => term.Coefficient < 0).ThenBy(term => term.Atoms.Count == 0))
        {
            var isAlone = dim.Terms.Count == 1;
            text += text.Length == 0
                ? Product(term.Coefficient, term, isAlone)
                : term.Coefficient < 0 ? " - " + Product(-term.Coefficient, term, false) : " + " + Product(term.Coefficient, term, false);
        }

        return text;
    }

    private static string Parenthesized(string text) => text.Contains(' ') ? $"({text})" : text;

    private string Product(long coefficient, DimTerm term, bool isAlone)
    {
        if (term.Atoms.Count == 0)
        {
            return Literals.Of(coefficient);
        }

        var factors = term.Atoms.Select(atom => Atom(atom, isAlone && term.Atoms.Count == 1 && coefficient == 1)).ToList();
        if (coefficient != 1)
        {
            factors.Insert(0, Literals.Of(coefficient));
        }

        return string.Join(" * ", factors);
    }

    private string Atom(DimAtom atom, bool isAlone)
    {
        if (atom.Symbol is not null)
        {
            return nameOf(atom.Symbol);
        }

        var left = Of(atom.Left!);
        var right = Of(atom.Right!);
        switch (atom.Function)
        {
            case DimFunction.Max:
                return $"Math.Max({left}, {right})";
            case DimFunction.Min:
                return $"Math.Min({left}, {right})";
            case DimFunction.FloorDiv when symbols.Count > 0 && _bounds.Lower(atom.Left!) < 0:
                return $"ModelArguments.FloorDivide({left}, {right})";
            default:
                var quotient = $"{Parenthesized(left)} / {Parenthesized(right)}";
                return isAlone ? quotient : $"({quotient})";
        }
    }
}
