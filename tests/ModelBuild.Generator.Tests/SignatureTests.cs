using System;
using System.Reflection;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>What callers may leave out, and what a stream carries from call to call; seen by the code of a user.</summary>
public class SignatureTests
{
    private static readonly Dim Batch = Dim.Symbol("batch");

    [Theory]
    [InlineData(4)]
    [InlineData(16384)]
    public void An_empty_span_does_without_an_output(int length)
    {
        var sketch = Signs(length);

        Use(sketch, $$"""
            float[] x = [.. System.Linq.Enumerable.Range(0, {{length}}).Select(i => i - 2f)];
            float[] low = new float[{{length}}], high = new float[{{length}}];
            SignModel.Predict(x, default, high);
            SignModel.Predict(x, low, default);
            SignModel.Predict(x, default, default);
            long before = GC.GetAllocatedBytesForCurrentThread();
            SignModel.Predict(x, low, default);
            SignModel.Predict(x, low, high);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            SignModel.Workspace workspace = new();
            float[] again = new float[{{length}}];
            SignModel.Predict(x, default, again, workspace);
            return [low[0], low[3], high[0], high[3], allocated, again[3]];
            """).ShouldBe([2, -1, 0, 1, 0, 1]);
    }

    [Fact]
    public void A_span_that_is_short_but_not_empty_is_an_error()
    {
        Use(Signs(4), """
            try
            {
                SignModel.Predict(new float[4], new float[3], default);
                return [0];
            }
            catch (ArgumentException exception)
            {
                return [exception.ParamName == "low" ? 1 : 2];
            }
            """).ShouldBe([1]);
    }

    [Fact]
    public void The_only_output_cannot_be_left_out()
    {
        var sketch = new PlanSketch { ClassName = "SignModel" };
        sketch.Unary("NegF32", sketch.Input("x", ElementType.Float, 4), sketch.Output("y", ElementType.Float, 4));

        Use(sketch, """
            try
            {
                SignModel.Predict(new float[4], default(Span<float>));
                return [0];
            }
            catch (ArgumentException exception)
            {
                return [exception.ParamName == "y" ? 1 : 2];
            }
            """).ShouldBe([1]);
    }

    [Fact]
    public void A_stream_carries_its_states()
    {
        Use(Sum(2), """
            SignModel.States states = new();
            float[] y = new float[2];
            SignModel.Predict([1, 2], y, states);
            SignModel.Predict([10, 20], y, states);
            float[] z = SignModel.Predict([100, 200], states);
            float sum = states.Total[1];
            states.Total[0] = 5;
            SignModel.Predict([0, 0], y, states);
            SignModel.Predict([0, 0], default, states);
            long before = GC.GetAllocatedBytesForCurrentThread();
            SignModel.Predict([0, 0], default, states);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            states.Reset();
            return [z[0], z[1], sum, y[0], y[1], allocated, states.Total[0], states.Total[1]];
            """).ShouldBe([-111, -222, 222, -5, -222, 0, 0, 0]);
    }

    [Fact]
    public void Streams_do_not_disturb_each_other_and_a_run_that_fails_leaves_its_states_alone()
    {
        Use(Sum(2), """
            SignModel.States one = new(), two = new();
            SignModel.Predict([1, 2], default, one);
            SignModel.Predict([5, 6], default, two);
            try
            {
                SignModel.Predict([1], default, one);
            }
            catch (ArgumentException)
            {
            }

            return [one.Total[0], one.Total[1], two.Total[0], two.Total[1]];
            """).ShouldBe([1, 2, 5, 6]);
    }

    [Fact]
    public void States_of_a_size_of_the_run_are_made_for_it()
    {
        var sketch = Sum(Batch);
        sketch.Symbol("batch", input: 0, divisor: Dim.One, min: 1, max: 8);

        Use(sketch, """
            SignModel.States states = new(batch: 3);
            float[] y = SignModel.Predict([1, 2, 3], states);
            SignModel.Predict([1, 2, 3], y, states);
            float wrong = 0;
            try
            {
                SignModel.Predict([1, 2], states);
            }
            catch (ArgumentException)
            {
                wrong = 1;
            }

            try
            {
                _ = new SignModel.States(9);
            }
            catch (ArgumentOutOfRangeException)
            {
                wrong += 2;
            }

            return [y[2], states.Total.Length, wrong];
            """).ShouldBe([-6, 3, 3]);
    }

    [Fact]
    public void An_input_with_a_value_of_its_own_may_be_left_out()
    {
        var sketch = new PlanSketch { ClassName = "SignModel" };
        var (x, scale, y) = (sketch.Input("x", ElementType.Float, 3), sketch.Input("scale", ElementType.Float, 3), sketch.Output("y", ElementType.Float, 3));
        var standard = sketch.Constant("scale_default", 1, 10, 100);
        sketch.Binary("MulF32", x, scale, y);

        Use(sketch, """
            float[] y = new float[3];
            SignModel.Predict([1, 2, 3], default, y);
            float[] z = SignModel.Predict([1, 2, 3], [2, 2, 2]);
            return [y[2], z[2], SignModel.Predict([1, 2, 3], default)[1]];
            """, plan => plan with { Defaults = [new PlanDefault(scale, standard)] }).ShouldBe([300, 6, 20]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(2, 1)]
    public void States_that_are_no_input_and_output_are_refused(int input, int output)
    {
        var plan = Sum(2).Plan with { States = [new PlanState(input, output)] };

        Should.Throw<InvalidOperationException>(() => GeneratedModel.Compile(plan, [])).Message.ShouldContain("MB4101");
    }

    [Fact]
    public void A_class_that_is_not_built_yet_has_the_same_members()
    {
        var plan = Sum(2).Plan with { Steps = [], Defaults = [new PlanDefault(0, -1)] };

        GeneratedModel.Compile(plan, [], sources: """
            using System;
            namespace Sample;
            internal static class Use
            {
                internal static void Of(SignModel.States states)
                {
                    states.Reset();
                    Span<float> total = new SignModel.States().Total;
                    SignModel.Predict(default, total, states);
                    float[] y = SignModel.Predict(default, states);
                }
            }
            """).Type.GetNestedType("States").ShouldNotBeNull();
    }

    // total_out = total + x; y = -total_out.
    private static PlanSketch Sum(Dim length)
    {
        var sketch = new PlanSketch { ClassName = "SignModel", States = [new PlanState(1, 3)] };
        var (x, total) = (sketch.Input("x", ElementType.Float, length), sketch.Input("total", ElementType.Float, length));
        var (y, sum) = (sketch.Output("y", ElementType.Float, length), sketch.Output("total_out", ElementType.Float, length));
        return sketch.Binary("AddF32", x, total, sum).Unary("NegF32", sum, y);
    }

    private static PlanSketch Signs(int length)
    {
        var sketch = new PlanSketch { ClassName = "SignModel" };
        var x = sketch.Input("x", ElementType.Float, length);
        var (low, high) = (sketch.Output("low", ElementType.Float, length), sketch.Output("high", ElementType.Float, length));
        var negated = sketch.Arena("negated", length);
        return sketch.Unary("NegF32", x, negated).Unary("NegF32", x, low).Unary("ReluF32", x, high);
    }

    // The numbers that some statements return in a project with the model.
    private static float[] Use(PlanSketch sketch, string statements, Func<ModelPlan, ModelPlan>? change = null)
    {
        var source = $$"""
            using System;
            using System.Linq;
            namespace Sample;
            internal static class Use
            {
                internal static float[] Of()
                {
            {{statements}}
                }
            }
            """;
        var model = GeneratedModel.Compile((change ?? (plan => plan))(sketch.Plan), sketch.Weights, sources: source);
        return (float[])model.Type.Assembly.GetType("Sample.Use", throwOnError: true)!.GetMethod("Of", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, null)!;
    }
}
