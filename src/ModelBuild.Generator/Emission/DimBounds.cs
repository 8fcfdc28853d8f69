using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>The range in which a dimension lies, from the bounds of its symbols. The range may be wider than need be, never narrower.</summary>
internal sealed class DimBounds(IEnumerable<PlanSymbol> symbols)
{
    private readonly Dictionary<string, PlanSymbol> _symbols = symbols.ToDictionary(symbol => symbol.Name);

    /// <summary>The smallest possible value.</summary>
    public BigInteger Lower(Dim dim) => Range(dim).Low;

    private (BigInteger Low, BigInteger High) Range(Dim dim)
    {
        var (low, high) = (BigInteger.Zero, BigInteger.Zero);
        foreach (var term in dim.Terms)
        {
            (BigInteger Low, BigInteger High) product = (term.Coefficient, term.Coefficient);
            foreach (var atom in term.Atoms)
            {
                product = Corners(product, Range(atom), (a, b) => a * b);
            }

            (low, high) = (low + product.Low, high + product.High);
        }

        return (low, high);
    }

    private (BigInteger Low, BigInteger High) Range(DimAtom atom)
    {
        if (atom.Symbol is not null)
        {
            return (_symbols[atom.Symbol].Min, _symbols[atom.Symbol].Max);
        }

        var left = Range(atom.Left!);
        var right = Range(atom.Right!);
        return atom.Function switch
        {
            DimFunction.Max => (BigInteger.Max(left.Low, right.Low), BigInteger.Max(left.High, right.High)),
            DimFunction.Min => (BigInteger.Min(left.Low, right.Low), BigInteger.Min(left.High, right.High)),

            // A divisor is never below 1 where the program runs.
            _ => Corners(left, (BigInteger.Max(1, right.Low), BigInteger.Max(1, right.High)), FloorDivide),
        };
    }

    private static BigInteger FloorDivide(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    // Products and quotients by positive numbers are monotonic in each operand, so the extremes are at the corners.
    private static (BigInteger Low, BigInteger High) Corners(
        (BigInteger Low, BigInteger High) a, (BigInteger Low, BigInteger High) b, System.Func<BigInteger, BigInteger, BigInteger> apply)
    {
        BigInteger[] corners = [apply(a.Low, b.Low), apply(a.Low, b.High), apply(a.High, b.Low), apply(a.High, b.High)];
        return (corners.Min(), corners.Max());
    }
}
