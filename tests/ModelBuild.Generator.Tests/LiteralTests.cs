extern alias generator;

using System;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using generator::ModelBuild.Generator.Emission;
using generator::ModelBuild.Plan;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>Printed numbers mean what they were.</summary>
public class LiteralTests
{
    [Theory]
    [InlineData(0.1f, "0.1f")]
    [InlineData(1f, "1f")]
    [InlineData(-2.5f, "-2.5f")]
    [InlineData(float.PositiveInfinity, "float.PositiveInfinity")]
    [InlineData(float.NegativeInfinity, "float.NegativeInfinity")]
    [InlineData(float.NaN, "float.NaN")]
    [InlineData(float.MaxValue, "3.4028235E+38f")]
    [InlineData(float.Epsilon, "1.4013E-45f")]
    [InlineData(-0f, "-0f")]
    public void Floats_are_short(float value, string text) => Literals.Of(value).ShouldBe(text);

    [Fact]
    public void Another_NaN_keeps_its_bits() =>
        Literals.Of(BitConverter.Int32BitsToSingle(0x7FC00001)).ShouldBe("global::System.BitConverter.Int32BitsToSingle(unchecked((int)0x7FC00001))");

    [Fact]
    public void Every_float_is_read_as_the_same_float_by_the_compiler() =>
        Prop.ForAll<int>(bits =>
        {
            var value = BitConverter.Int32BitsToSingle(bits);
            return !float.IsFinite(value) || BitConverter.SingleToInt32Bits((float)Constant(Literals.Of(value))) == bits;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Every_double_is_read_as_the_same_double_by_the_compiler() =>
        Prop.ForAll<long>(bits =>
        {
            var value = BitConverter.Int64BitsToDouble(bits);
            return !double.IsFinite(value) || BitConverter.DoubleToInt64Bits((double)Constant(Literals.Of(value))) == bits;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(int.MinValue, "-2147483648")]
    [InlineData(int.MaxValue + 1L, "2147483648L")]
    [InlineData(long.MinValue, "long.MinValue")]
    public void Integers_have_the_type_that_holds_them(long value, string text) => Literals.Of(value).ShouldBe(text);

    [Theory]
    [InlineData("784*batch", "784 * batch")]
    [InlineData("-1+batch", "batch - 1")]
    [InlineData("div(1+width,2)", "(width + 1) / 2")]
    [InlineData("3*div(1+width,2)", "3 * ((width + 1) / 2)")]
    [InlineData("div(-3+width,2)", "(width - 3) / 2")]
    [InlineData("div(-5+width,2)", "ModelArguments.FloorDivide(width - 5, 2)")]
    [InlineData("max(batch,width)", "Math.Max(batch, width)")]
    [InlineData("div(width,batch)", "width / batch")]
    [InlineData("div(width,1+batch)", "width / (batch + 1)")]
    [InlineData("1-batch*width", "1 - batch * width")]
    public void Dimensions_are_printed_as_one_would_write_them(string dim, string text)
    {
        var symbols = new[] { new PlanSymbol("batch", "batch", 1, long.MaxValue, -1, Dim.One), new PlanSymbol("width", "width", 3, 1000, -1, Dim.One) };

        new DimText(symbols, symbol => symbol).Of(DimParser.Parse(dim)).ShouldBe(text);
    }

    // The value that the C# parser gives a literal with an optional sign.
    private static object Constant(string text)
    {
        var expression = SyntaxFactory.ParseExpression(text);
        return expression switch
        {
            PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax { Token.Value: float value } } => -value,
            PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax { Token.Value: double value } } => -value,
            LiteralExpressionSyntax literal => literal.Token.Value!,
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no literal.")),
        };
    }
}
