using System;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Sizes that are known at run time only flow through the operators that exporters compute shapes with.</summary>
public sealed class ShapeArithmeticTests
{
    private readonly GraphBuilder _graph = new();

    [Fact]
    public void The_nodes_that_compute_the_shape_of_a_Reshape_leave_no_step()
    {
        var x = _graph.Input("x", ElementType.Float, "batch", "4", "6");
        var batch = _graph.Add("Gather", [_graph.Add("Shape", [x]), GraphBuilder.Integer(0)], ("axis", 0));
        var shape = _graph.Add("Concat", [_graph.Add("Unsqueeze", [batch, GraphBuilder.Integers(0)]), GraphBuilder.Integers(-1)], ("axis", 0));
        var y = _graph.Add("Reshape", [_graph.Add("Relu", [x]), shape]);

        y.Type.ToString().ShouldBe("f32[batch,24]");
        _graph.Lower(y).Calls.Select(step => step.Call.Kernel).ShouldBe(["UnaryF32.Run"]);
    }

    [Fact]
    public void Arithmetic_on_sizes_stays_an_expression()
    {
        var x = _graph.Input("x", ElementType.Float, "n", "width");
        var sizes = _graph.Add("Shape", [x]);
        var half = _graph.Add("Div", [_graph.Add("Add", [sizes, GraphBuilder.Integers(1)]), GraphBuilder.Integers(2)]);

        half.Elements!.Select(element => element.ToString()).ShouldBe(["div(1+n,2)", "div(1+width,2)"]);
        _graph.Add("Mul", [half, GraphBuilder.Integers(2, 3)]).Elements![1].ToString().ShouldBe("3*div(1+width,2)");
        _graph.Add("Max", [_graph.Add("Size", [x]), GraphBuilder.Integer(1)]).Elements!.Single().ToString().ShouldBe("max(1,n*width)");
    }

    [Fact]
    public void A_size_is_never_minus_one()
    {
        // How exporters write Expand: where(shape == -1, 1, shape).
        var x = _graph.Input("x", ElementType.Float, "n", "1");
        var shape = _graph.Add("Concat", [_graph.Add("Slice", [_graph.Add("Shape", [x]), GraphBuilder.Integers(0), GraphBuilder.Integers(1)]), GraphBuilder.Integers(-1)], ("axis", 0));
        var ones = _graph.Add("ConstantOfShape", [GraphBuilder.Integers(2)], ("value", Tensor.Vector([1])));
        var chosen = _graph.Add("Where", [_graph.Add("Equal", [shape, GraphBuilder.Integers(-1, -1)]), ones, shape]);

        chosen.Elements!.Select(element => element.ToString()).ShouldBe(["n", "1"]);
        _graph.Add("Expand", [x, chosen]).Type.ToString().ShouldBe("f32[n,1]");
    }

    [Fact]
    public void A_shape_that_is_data_is_stored_at_run_time()
    {
        var x = _graph.Input("x", ElementType.Float, "n", "3");
        var shape = _graph.Add("Shape", [x]);
        var program = _graph.Lower(shape, _graph.Add("Cast", [shape], ("to", 1)));

        var outputs = new ProgramRunner(program).Run([Tensor.Of<float>(new float[15], 5, 3)]);
        outputs[0].As<long>().ToArray().ShouldBe([5L, 3L]);
        outputs[1].As<float>().ToArray().ShouldBe([5f, 3f]);
    }

    [Fact]
    public void A_symbol_broadcasts_against_itself_and_1_and_against_others_as_the_run_allows()
    {
        var x = _graph.Input("x", ElementType.Float, "n", "3");
        _graph.Add("Add", [x, _graph.Input("a", ElementType.Float, "1", "3")]).Type.ToString().ShouldBe("f32[n,3]");
        _graph.Add("Add", [x, _graph.Input("b", ElementType.Float, "7", "n", "1")]).Type.ToString().ShouldBe("f32[7,n,3]");
        _graph.Add("Add", [x, _graph.Input("c", ElementType.Float, "4", "3")]).Type.ToString().ShouldBe("f32[4,3]");
        _graph.Add("Add", [x, _graph.Input("d", ElementType.Float, "m", "3")]).Type.ToString().ShouldBe("f32[max(m,n),3]");

        Should.Throw<OperatorException>(() => _graph.Add("Add", [x, _graph.Input("e", ElementType.Float, "n", "4")]))
            .Message.ShouldBe("the shapes [n,3] and [n,4] cannot be broadcast: 3 is not 4");
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(1, 4)]
    [InlineData(5, null)]
    public void The_run_shows_whether_a_symbol_fits(int size, int? expected)
    {
        var sum = _graph.Add("Add", [_graph.Input("x", ElementType.Float, "n"), _graph.Input("y", ElementType.Float, "4")]);
        var runner = new ProgramRunner(_graph.Lower(sum));
        Tensor[] inputs = [Tensor.Of<float>(new float[size], size), Tensor.Of<float>([1, 2, 3, 4], 4)];
        if (expected is null)
        {
            Should.Throw<ArgumentException>(() => runner.Run(inputs)).Message.ShouldContain("sizes n and 4 cannot be broadcast");
        }
        else
        {
            runner.Run(inputs)[0].As<float>().ToArray().ShouldBe([1f, 2f, 3f, 4f]);
        }
    }

    [Theory]
    [InlineData(new long[] { 0, -1 }, "f32[batch,6*time]")]
    [InlineData(new long[] { -1, 6 }, "f32[batch*time,6]")]
    [InlineData(new long[] { 0, 0, 2, 3 }, "f32[batch,time,2,3]")]
    [InlineData(new long[] { -1, 4 }, "f32[div(6*batch*time,4),4]")]
    public void Reshape_finds_the_open_size(long[] shape, string expected)
    {
        var x = _graph.Input("x", ElementType.Float, "batch", "time", "6");
        _graph.Add("Reshape", [x, GraphBuilder.Integers(shape)]).Type.ToString().ShouldBe(expected);
    }

    [Fact]
    public void The_run_shows_whether_a_length_can_be_divided()
    {
        var x = _graph.Input("x", ElementType.Float, "n", "6");
        var runner = new ProgramRunner(_graph.Lower(_graph.Add("Reshape", [x, GraphBuilder.Integers(-1, 4)])));

        runner.Run([Tensor.Of<float>(new float[12], 2, 6)])[0].Dims.ShouldBe([3L, 4L]);
        Should.Throw<ArgumentException>(() => runner.Run([Tensor.Of<float>(new float[6], 1, 6)])).Message.ShouldContain("have not as many elements");
    }
}
