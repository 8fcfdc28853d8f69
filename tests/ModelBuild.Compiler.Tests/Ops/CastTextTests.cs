using System.Linq;
using ModelBuild.Onnx;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Casts between numbers and texts, as ONNX Runtime reads and NumPy writes them.</summary>
public class CastTextTests
{
    [Theory]
    [InlineData(ElementType.Float, new[] { "0.25", "1.0", "-0.0", "1e-07", "0.0001", "123456790.0", "1.5e+16", "nan", "inf", "-inf" })]
    [InlineData(ElementType.Double, new[] { "0.25", "1.0", "-0.0", "1e-07", "0.0001", "123456789.0", "1.5e+16", "nan", "inf", "-inf" })]
    public void Numbers_are_written_with_the_fewest_digits(ElementType type, string[] texts)
    {
        var values = new[] { 0.25, 1, -0.0, 1e-7, 1e-4, 123456789, 1.5e16, double.NaN, double.PositiveInfinity, double.NegativeInfinity };
        var node = new OneNode("Cast", string.Empty).With("to", (int)ElementType.String);
        node = type == ElementType.Float ? node.Of("n=10", [.. values.Select(value => (float)value)]) : node.Of("n=10", values);
        node.Run(OnnxElementType.String)[0].Strings.ShouldBe(texts);
    }

    [SkippableTheory]
    [InlineData(OnnxElementType.Float)]
    [InlineData(OnnxElementType.Double)]
    [InlineData(OnnxElementType.Int64)]
    [InlineData(OnnxElementType.Int8)]
    [InlineData(OnnxElementType.UInt16)]
    public void Texts_become_numbers(OnnxElementType type) =>
        new OneNode("Cast", string.Empty, 13).With("to", (int)type).Texts("n=2,2", "3", "0", "117", "25").ShouldAgree(types: type);

    [SkippableFact]
    public void Texts_become_floats() => new OneNode("Cast", string.Empty, 13).With("to", 1).Texts("n=6", "3.14", "-2.5e-3", "NaN", "INF", "-INF", "+1").ShouldAgree(types: OnnxElementType.Float);

    [SkippableFact]
    public void Integers_become_texts() => new OneNode("Cast", string.Empty, 13).With("to", 8).Of<long>("n=3", 3, -12345678901, 0).ShouldAgree(types: OnnxElementType.String);

    [Fact]
    public void Types_of_few_bits_are_written_and_read()
    {
        new OneNode("Cast", string.Empty, 21).With("to", (int)OnnxElementType.Float8E4M3FN).Texts("n=2", "1.06", "-INF").Run(OnnxElementType.Float8E4M3FN)[0].Bytes.ToArray().ShouldBe([0x38, 0xFE]);
        new OneNode("Cast", string.Empty, 21).With("to", (int)OnnxElementType.Bool).Texts("n=3", "1", "0.0", "true").Run(OnnxElementType.Bool)[0].As<bool>().ToArray().ShouldBe([true, false, true]);
    }
}
