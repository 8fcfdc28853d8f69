using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Plan;

/// <summary>
/// The size of a dimension, or any number that follows from such sizes: a polynomial with integer coefficients over named symbols and over quotients,
/// maxima and minima of other dimensions. Values are never negative where they are used as sizes. The representation is canonical, so that equal
/// polynomials compare equal, and immutable.
/// </summary>
public sealed class Dim : IEquatable<Dim>
{
    /// <summary>0.</summary>
    public static readonly Dim Zero = new([]);

    /// <summary>1.</summary>
    public static readonly Dim One = new([new DimTerm(1, [])]);

    private readonly string _text;

    private Dim(DimTerm[] terms)
    {
        Terms = terms;
        _text = terms.Length == 0 ? "0" : string.Join("+", terms.Select(term => term.ToString())).Replace("+-", "-");
    }

    /// <summary>The terms of the sum, sorted, each with a coefficient other than 0.</summary>
    public IReadOnlyList<DimTerm> Terms { get; }

    /// <summary>Whether this is a number.</summary>
    public bool IsConstant => Terms.Count == 0 || (Terms.Count == 1 && Terms[0].Atoms.Count == 0);

    /// <summary>The number, where <see cref="IsConstant"/>.</summary>
    /// <exception cref="UnknownSizeException">The dimension depends on a symbol.</exception>
    public long Constant => Terms.Count == 0 ? 0 : IsConstant ? Terms[0].Coefficient : throw new UnknownSizeException(this);

    /// <summary>Whether this is known not to be negative, whatever the symbols are: they stand for sizes.</summary>
    public bool IsNeverNegative => Terms.All(term => term.Coefficient > 0 && term.Atoms.All(atom => atom.IsNeverNegative));

    /// <summary>Every symbol in the expression, once each, sorted by name.</summary>
    public IReadOnlyList<string> Symbols => [.. Terms.SelectMany(term => term.Atoms).SelectMany(atom => atom.Symbols).Distinct().OrderBy(s => s, StringComparer.Ordinal)];

    /// <summary>A number.</summary>
    public static implicit operator Dim(long value) => value == 0 ? Zero : value == 1 ? One : new([new DimTerm(value, [])]);

    /// <summary>The size that <paramref name="name"/> (an identifier) has at run time.</summary>
    public static Dim Symbol(string name) => FromAtom(new DimAtom(name, isSigned: false));

    /// <summary>The number that <paramref name="name"/> (an identifier) has at run time, which may be negative: an element of an index or shape operand.</summary>
    public static Dim Number(string name) => FromAtom(new DimAtom(name, isSigned: true));

    /// <summary>One term as a dimension of its own.</summary>
    public static Dim Of(DimTerm term) => FromTerms([term]);

    /// <summary>The sum.</summary>
    public static Dim operator +(Dim left, Dim right) => FromTerms(left.Terms.Concat(right.Terms));

    /// <summary>The difference.</summary>
    public static Dim operator -(Dim left, Dim right) => left + (right * -1);

    /// <summary>The product.</summary>
    public static Dim operator *(Dim left, Dim right) => FromTerms(left.Terms.SelectMany(_ => right.Terms, (a, b) => a.Times(b)));

    /// <summary>The product of all <paramref name="factors"/>; 1 for none.</summary>
    public static Dim Product(IEnumerable<Dim> factors) => factors.Aggregate(One, (product, factor) => product * factor);

    /// <summary>The quotient, rounded towards negative infinity.</summary>
    /// <exception cref="DivideByZeroException">The divisor is the number 0.</exception>
    public static Dim FloorDiv(Dim dividend, Dim divisor)
    {
        if (divisor.IsConstant && divisor.Constant == 0)
        {
            throw new DivideByZeroException($"{dividend} / 0");
        }

        if (dividend.IsConstant && divisor.IsConstant)
        {
            return FloorDiv(dividend.Constant, divisor.Constant);
        }

        return ExactQuotient(dividend, divisor) ?? Simplified(dividend, divisor);
    }

    /// <summary>The quotient, rounded towards positive infinity.</summary>
    public static Dim CeilDiv(Dim dividend, Dim divisor) => FloorDiv(dividend + divisor - One, divisor);

    /// <summary>The smallest multiple of <paramref name="alignment"/> that is not below <paramref name="value"/>.</summary>
    public static Dim AlignUp(Dim value, long alignment) => CeilDiv(value, alignment) * alignment;

    /// <summary>The larger of two dimensions.</summary>
    public static Dim Max(Dim left, Dim right) => Choose(DimFunction.Max, left, right);

    /// <summary>The smaller of two dimensions.</summary>
    public static Dim Min(Dim left, Dim right) => Choose(DimFunction.Min, left, right);

    /// <summary>
    /// The quotient when <paramref name="divisor"/> divides every term of <paramref name="dividend"/> without remainder, otherwise null.
    /// </summary>
    public static Dim? ExactQuotient(Dim dividend, Dim divisor)
    {
        if (dividend.Equals(divisor))
        {
            return One;
        }

        if (divisor.Terms.Count != 1)
        {
            return null;
        }

        var quotient = new List<DimTerm>();
        foreach (var term in dividend.Terms)
        {
            if (term.DividedBy(divisor.Terms[0]) is not { } part)
            {
                return null;
            }

            quotient.Add(part);
        }

        return FromTerms(quotient);
    }

    /// <summary>The value for given symbols.</summary>
    /// <exception cref="OverflowException">The value, or a part of it, exceeds 64 bits.</exception>
    public long Evaluate(Func<string, long> symbol) => checked(Terms.Sum(term => term.Evaluate(symbol)));

    /// <summary>The same expression with symbols replaced; a symbol for which <paramref name="replacement"/> gives null stays.</summary>
    public Dim Substitute(Func<string, Dim?> replacement) =>
        Terms.Aggregate(Zero, (sum, term) => sum + term.Atoms.Aggregate((Dim)term.Coefficient, (product, atom) => product * atom.Substitute(replacement)));

    /// <summary>The text that <see cref="DimParser"/> reads, for example <c>784*batch</c> or <c>div(2+width,2)</c>.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(Dim? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dim);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    internal static Dim FromAtom(DimAtom atom) => new([new DimTerm(1, [atom])]);

    private static Dim FromTerms(IEnumerable<DimTerm> terms) => new(
        [.. terms
            .GroupBy(term => term.Key, StringComparer.Ordinal)
            .Select(group => new DimTerm(checked(group.Sum(term => term.Coefficient)), group.First().Atoms))
            .Where(term => term.Coefficient != 0)
            .OrderBy(term => term.Key, StringComparer.Ordinal)]);

    private static Dim Choose(DimFunction function, Dim left, Dim right)
    {
        if ((left - right).IsNeverNegative)
        {
            return function == DimFunction.Max ? left : right;
        }

        if ((right - left).IsNeverNegative)
        {
            return function == DimFunction.Max ? right : left;
        }

        return string.CompareOrdinal(left._text, right._text) <= 0 ? FromAtom(new DimAtom(function, left, right)) : FromAtom(new DimAtom(function, right, left));
    }

    // Moves the terms that divide exactly out of the quotient: (4*n + 3) / 2 = 2*n + 3/2.
    private static Dim Simplified(Dim dividend, Dim divisor)
    {
        if (divisor.Terms.Count != 1)
        {
            return FromAtom(new DimAtom(DimFunction.FloorDiv, dividend, divisor));
        }

        Dim whole = Zero;
        Dim rest = Zero;
        foreach (var term in dividend.Terms)
        {
            if (term.DividedBy(divisor.Terms[0]) is { } part)
            {
                whole += new Dim([part]);
            }
            else
            {
                rest += new Dim([term]);
            }
        }

        if (rest.IsConstant && divisor.IsConstant)
        {
            return whole + FloorDiv(rest.Constant, divisor.Constant);
        }

        return whole + FromAtom(new DimAtom(DimFunction.FloorDiv, rest, divisor));
    }

    private static long FloorDiv(long dividend, long divisor)
    {
        var quotient = dividend / divisor;
        return dividend % divisor != 0 && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient;
    }
}
