using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace ModelBuild.Plan.Tests;

/// <summary>Dimensions are numbers that are not known yet: they must compute what numbers compute.</summary>
public class DimTests
{
    private static readonly Dim N = Dim.Symbol("n");
    private static readonly Dim M = Dim.Symbol("m");

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Expressions_are_simplified(string expected, Dim actual) => actual.ToString().ShouldBe(expected);

    public static TheoryData<string, Dim> Expressions => new()
    {
        { "0", N - N },
        { "784*n", N * 28 * 28 },
        { "1+2*n+n*n", (N + 1) * (N + 1) },
        { "-1+n", N - 1 },
        { "n", Dim.FloorDiv(N * M, M) },
        { "2*n", Dim.FloorDiv(N * 4 + 1, 2) },
        { "div(1+n,2)", Dim.CeilDiv(N, 2) },
        { "64*n", Dim.AlignUp(N * 64, 64) },
        { "1", Dim.FloorDiv(N + M, M + N) },
        { "2+n", Dim.Max(N, N + 2) },
        { "n", Dim.Min(N, N + M) },
        { "max(m,n)", Dim.Max(N, M) },

        // n - 5 may be below zero, so nothing is known about the larger one.
        { "max(div(-5+m,2)+n,n)", Dim.Max(N + Dim.FloorDiv(M - 5, 2), N) },
    };

    [Fact]
    public void Any_expression_has_the_value_that_its_numbers_have() =>
        Prop.ForAll<int[], byte, byte>((program, n, m) =>
        {
            var (dim, value) = Execute(program, (n % 50) + 1, (m % 50) + 1);
            return dim.Evaluate(symbol => symbol == "n" ? (n % 50) + 1 : (m % 50) + 1) == value;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Any_expression_is_read_as_it_was_written() =>
        Prop.ForAll<int[]>(program =>
        {
            var (dim, _) = Execute(program, 3, 5);
            return DimParser.Parse(dim.ToString()).Equals(dim);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Any_expression_can_be_evaluated_by_substitution() =>
        Prop.ForAll<int[], byte>((program, n) =>
        {
            var (dim, value) = Execute(program, (n % 50) + 1, 7);
            var partly = dim.Substitute(symbol => symbol == "n" ? (n % 50) + 1 : null);
            return !partly.Symbols.Contains("n") && partly.Substitute(_ => 7).Constant == value;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Sums_and_products_do_not_depend_on_their_order() =>
        Prop.ForAll<int[], int[]>((first, second) =>
        {
            var (a, _) = Execute(first.Take(12).ToArray(), 3, 5);
            var (b, _) = Execute(second.Take(12).ToArray(), 3, 5);
            return (a + b).Equals(b + a) && (a * b).Equals(b * a) && (a - a).Equals(Dim.Zero) && (a + b - b).Equals(a);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_overflow_is_an_error_and_not_another_number()
    {
        Should.Throw<OverflowException>(() => (N * long.MaxValue).Evaluate(_ => 2));
        Should.Throw<OverflowException>(() => (Dim)long.MaxValue * 2);
    }

    [Fact]
    public void A_division_by_nothing_is_an_error() => Should.Throw<DivideByZeroException>(() => Dim.FloorDiv(N, 0));

    // Runs numbers as a program for a machine with a stack, on dimensions and on what they stand for at once.
    private static (Dim Dim, long Value) Execute(int[] program, long n, long m)
    {
        var stack = new Stack<(Dim Dim, long Value)>([(1, 1)]);
        foreach (var code in program)
        {
            var operand = stack.Peek();
            var other = stack.Count > 1 ? stack.Skip(1).First() : (Dim: (Dim)2, Value: 2L);
            var isSmall = Math.Abs(operand.Value) < 1000 && Math.Abs(other.Value) < 1000 && operand.Dim.ToString().Length + other.Dim.ToString().Length < 100;
            stack.Push(((uint)code % 8) switch
            {
                0 => (N, n),
                1 => (M, m),
                2 => (code % 100, code % 100),
                3 when isSmall => (operand.Dim + other.Dim, operand.Value + other.Value),
                4 when isSmall => (operand.Dim - other.Dim, operand.Value - other.Value),
                5 when isSmall => (operand.Dim * other.Dim, operand.Value * other.Value),
                6 when isSmall => (Dim.FloorDiv(operand.Dim, (code & 8) == 0 ? N : (code & 48) + 1), FloorDivide(operand.Value, (code & 8) == 0 ? n : (code & 48) + 1)),
                7 when isSmall && (code & 8) == 0 => (Dim.Max(operand.Dim, other.Dim), Math.Max(operand.Value, other.Value)),
                7 when isSmall => (Dim.Min(operand.Dim, other.Dim), Math.Min(operand.Value, other.Value)),
                _ => (N - M, n - m),
            });
        }

        return stack.Peek();
    }

    private static long FloorDivide(long dividend, long divisor) => (long)Math.Floor((double)dividend / divisor);
}
