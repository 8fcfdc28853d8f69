using System;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>What a caller who gets it wrong is told.</summary>
public class ArgumentCheckTests
{
    [Fact]
    public void A_wrong_length_is_refused_with_the_shape_that_is_wanted()
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, 1, 8);
        var y = sketch.Output("y", ElementType.Float, 1, 8);
        var model = GeneratedModel.Compile(sketch.Unary("NegF32", x, y).Plan, sketch.Weights);

        var input = Should.Throw<ArgumentException>(() => model.RunInto([new float[7]], [new float[8]]));
        var output = Should.Throw<ArgumentException>(() => model.RunInto([new float[8]], [new float[9]]));

        (input.ParamName, output.ParamName).ShouldBe(("x", "y"));
        input.Message.ShouldStartWith("'x' has 7 values. Its shape is f32[1,8]: it must have 8.");
        output.Message.ShouldStartWith("'y' has 9 values. Its shape is f32[1,8]: it must have 8.");
        Should.Throw<ArgumentException>(() => model.Run([new float[9]])).ParamName.ShouldBe("x");
    }

    [Fact]
    public void An_output_that_overlaps_an_input_is_refused()
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, 8);
        var y = sketch.Output("y", ElementType.Float, 8);
        var model = GeneratedModel.Compile(sketch.Unary("NegF32", x, y).Plan, sketch.Weights);
        var shared = new float[8];

        Should.Throw<ArgumentException>(() => model.RunInto([shared], [shared])).Message.ShouldStartWith("'y' overlaps 'x'. Outputs must have memory of their own.");
    }

    [Fact]
    public void A_length_that_fits_no_size_is_refused()
    {
        var model = Batched();

        Should.Throw<ArgumentException>(() => model.RunInto([new float[101], new float[100]], [new float[100]]))
            .Message.ShouldStartWith("'x' has 101 values. Its shape is f32[batch,100]: its length must be a multiple of 100.");
        Should.Throw<ArgumentException>(() => model.RunInto([Array.Empty<float>(), Array.Empty<float>()], [Array.Empty<float>()]))
            .Message.ShouldStartWith("'x' has 0 values, so dimension 'batch' of its shape f32[batch,100] would be 0. It must be 1 to 4.");
        Should.Throw<ArgumentException>(() => model.RunInto([new float[500], new float[500]], [new float[500]])).ParamName.ShouldBe("x");
    }

    [Fact]
    public void Inputs_that_disagree_about_a_size_are_refused()
    {
        var model = Batched();

        Should.Throw<ArgumentException>(() => model.RunInto([new float[200], new float[300]], [new float[200]])).ParamName.ShouldBe("other");
        Should.Throw<ArgumentException>(() => model.RunInto([new float[200], new float[200]], [new float[100]])).ParamName.ShouldBe("y");
    }

    [Fact]
    public void Weights_that_are_missing_or_of_another_length_are_an_error_that_says_so()
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, 1);
        var y = sketch.Output("y", ElementType.Float, 1);
        sketch.Binary("MulF32", x, sketch.Constant("factor", 2), y);

        var missing = Should.Throw<TypeInitializationException>(() => GeneratedModel.Compile(sketch.Plan, []).Run([new float[1]]));
        var shorter = Should.Throw<TypeInitializationException>(() => GeneratedModel.Compile(sketch.Plan, new byte[3]).Run([new float[1]]));

        missing.InnerException!.Message.ShouldEndWith("has no embedded resource 'TestModel.weights'.");
        shorter.InnerException!.Message.ShouldStartWith("The embedded resource 'TestModel.weights' has 3 bytes where the model needs 4");
    }

    [Fact]
    public void A_model_that_has_not_been_built_says_so()
    {
        var sketch = new PlanSketch();
        sketch.Input("x", ElementType.Float, 1);
        sketch.Output("y", ElementType.Float, 1);

        Should.Throw<InvalidOperationException>(() => GeneratedModel.Compile(sketch.Plan, []).Run([new float[1]])).Message.ShouldContain("Build the project.");
    }

    private static GeneratedModel Batched()
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, Dim.Symbol("batch"), 100);
        var other = sketch.Input("other", ElementType.Float, Dim.Symbol("batch"), 100);
        var y = sketch.Output("y", ElementType.Float, Dim.Symbol("batch"), 100);
        sketch.Symbol("batch", input: 0, divisor: 100, max: 4).Binary("AddF32", x, other, y);
        return GeneratedModel.Compile(sketch.Plan, sketch.Weights);
    }
}
