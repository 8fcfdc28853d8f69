using System;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>What Squeeze makes of sizes that only a run knows.</summary>
public class SqueezeTests
{
    [Fact]
    public void Without_axes_a_size_of_the_run_stays() => new OneNode("Squeeze", string.Empty).Floats("n=2,1,m=3").Run()[0].Dims.ShouldBe([2L, 3]);

    [Fact]
    public void Without_axes_a_size_of_the_run_must_not_be_1() =>
        Should.Throw<Exception>(() => new OneNode("Squeeze", string.Empty).Floats("n=1,1,m=3").Run()).Message.ShouldContain("the model is compiled with 2 dimensions");

    [Fact]
    public void A_size_at_an_axis_is_1() => new OneNode("Squeeze", string.Empty).Floats("n=1,m=3").Of("1", 0L).Constant().Run()[0].Dims.ShouldBe([3L]);

    [Fact]
    public void A_size_at_an_axis_must_be_1() =>
        Should.Throw<Exception>(() => new OneNode("Squeeze", string.Empty).Floats("n=2,m=3").Of("1", 0L).Constant().Run()).Message.ShouldContain("axis 0 of f32[n,m] has not the size 1");
}
