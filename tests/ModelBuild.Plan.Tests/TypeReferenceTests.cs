using System;
using Shouldly;
using Xunit;

namespace ModelBuild.Plan.Tests;

public class TypeReferenceTests
{
    [Theory]
    [InlineData("f32")]
    [InlineData("Clamp")]
    [InlineData("Then<Clamp,Add<f32,s8>>")]
    public void A_type_is_read_as_it_is_written(string text) => TypeReference.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("<f32>")]
    [InlineData("Add<f32")]
    [InlineData("Add<f32,>")]
    public void What_is_no_type_is_refused(string text) => Should.Throw<FormatException>(() => TypeReference.Parse(text));

    [Fact]
    public void An_element_type_is_told_from_a_struct()
    {
        TypeReference.Parse("u8").Element.ShouldBe(ElementType.UInt8);
        TypeReference.Parse("Relu").Element.ShouldBeNull();
    }
}
