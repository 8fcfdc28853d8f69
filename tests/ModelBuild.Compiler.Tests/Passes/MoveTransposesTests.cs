using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Compiler.Tests.Ops;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Passes;

/// <summary>
/// Operators between a transpose and its inverse: the transposes meet and vanish. The result is the same to the bit, but for sums, whose order depends on the axis.
/// </summary>
public class MoveTransposesTests
{
    // NCHW data from NHWC data, as a convolution leaves it.
    private static readonly long[] ToNchw = [0, 3, 1, 2];
    private static readonly long[] ToNhwc = [0, 2, 3, 1];

    // Each gets the transposed value, [2, 3, 4, 5], and gives what is transposed back, of four axes.
    private static readonly Dictionary<string, Func<GraphBuilder, Value, Value>> Rules = new()
    {
        ["unary"] = (g, x) => g.Add("Relu", [x]),
        ["Clip"] = (g, x) => g.Add("Clip", [x, Scalar(-0.5f), Scalar(0.5f)]),
        ["Pad of all axes"] = (g, x) => g.Add("Pad", [x, GraphBuilder.Integers(0, 1, 0, 2, 0, 0, 1, 0), Scalar(0.5f)]),
        ["Pad of some axes"] = (g, x) => g.Add("Pad", [x, GraphBuilder.Integers(2, 1, 0, 1), null, GraphBuilder.Integers(1, -1)], ("mode", "edge")),
        ["Slice of some axes"] = (g, x) => g.Add("Slice", [x, GraphBuilder.Integers(1, -1), GraphBuilder.Integers(3, -6), GraphBuilder.Integers(1, -1), GraphBuilder.Integers(1, -2)]),
        ["Slice without axes"] = (g, x) => g.Add("Slice", [x, GraphBuilder.Integers(0, 1), GraphBuilder.Integers(2, 3)]),
        ["Resize of one axis"] = (g, x) => g.Add("modelbuild.ResizeAlong", [x, GraphBuilder.Integers(2, 3, 8, 5), Floats(1, 1, 2, 1), null], ("axis", 2), ("mode", 1)),
        ["reduction that keeps axes"] = (g, x) => g.Add("ReduceMax", [x, GraphBuilder.Integers(1, -1)]),
        ["ArgMax that keeps its axis"] = (g, x) => g.Add("ArgMax", [x], ("axis", 1)),
        ["Softmax"] = (g, x) => g.Add("Softmax", [x], ("axis", 1)),
        ["LogSoftmax from the end"] = (g, x) => g.Add("LogSoftmax", [x], ("axis", -1)),
        ["Gather of several"] = (g, x) => g.Add("Gather", [x, GraphBuilder.Integers(2, 0)], ("axis", 1)),
        ["Add of channels"] = (g, x) => g.Add("Add", [x, Value.Of("b", Tensor.Of<float>([1, 2, 3], 3, 1, 1))]),
        ["Mul of two that are transposed"] = (g, x) => g.Add("Mul", [x, g.Add("Sigmoid", [x])]),
        ["Concat"] = (g, x) => g.Add("Concat", [x, g.Add("Tanh", [x])], ("axis", 1)),
        ["chain"] = (g, x) => g.Add("Softmax", [g.Add("Slice", [g.Add("Pad", [x, GraphBuilder.Integers(0, 0, 1, 1, 0, 0, 1, 1)]), GraphBuilder.Integers(1), GraphBuilder.Integers(4), GraphBuilder.Integers(3)])], ("axis", 2)),
    };

    private static readonly string[] Sums = ["Softmax", "LogSoftmax from the end", "chain"];

    private const float Tolerance = 2e-6f;

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_between_two_transposes_goes_without_them(string name)
    {
        var g = new GraphBuilder();
        var y = Rules[name](g, g.Add("Transpose", [g.Input("x", ElementType.Float, "2", "4", "5", "3")], ("perm", ToNchw)));
        Check(g, 0, Sums.Contains(name) ? Tolerance : 0, g.Add("Transpose", [y], ("perm", ToNhwc)));
    }

    [Theory]
    [InlineData("ReduceMean", 2L)]
    [InlineData("ReduceMax", 1L)]
    [InlineData("ReduceSum", -1L)]
    public void A_reduction_takes_its_axis_out_of_the_transpose(string op, long axis)
    {
        var g = new GraphBuilder();
        var y = g.Add(op, [g.Add("Transpose", [g.Input("x", ElementType.Float, "2", "4", "5", "3")], ("perm", ToNchw)), GraphBuilder.Integers(axis)], ("keepdims", 0));

        // Of n, c, h, w without w or h the channels go back behind; without c there is nothing left to do.
        Check(g, 0, op == "ReduceMax" ? 0 : Tolerance, axis == 1 ? y : g.Add("Transpose", [y], ("perm", (long[])[0, 2, 1])));
    }

    [Fact]
    public void ArgMax_and_a_single_Gather_take_their_axis_out_of_the_transpose()
    {
        var g = new GraphBuilder();
        var x = g.Add("Transpose", [g.Input("x", ElementType.Float, "2", "4", "5", "3")], ("perm", ToNchw));
        Check(g, 0, g.Add("ArgMax", [x], ("axis", 1), ("keepdims", 0)), g.Add("Gather", [x, GraphBuilder.Integer(1)], ("axis", 1)));
    }

    [Fact]
    public void A_scale_of_channels_is_a_view_of_one_that_is_computed()
    {
        var g = new GraphBuilder();
        var x = g.Add("Transpose", [g.Input("x", ElementType.Float, "2", "4", "5", "3")], ("perm", ToNchw));
        var scale = g.Add("Sigmoid", [g.Input("s", ElementType.Float, "2", "3", "1", "1")]);
        Check(g, 0, g.Add("Transpose", [g.Add("Mul", [x, scale])], ("perm", ToNhwc)));
    }

    [Fact]
    public void Pieces_of_a_Split_are_slices()
    {
        var g = new GraphBuilder();
        var x = g.Add("Transpose", [g.Input("x", ElementType.Float, "2", "4", "5", "6")], ("perm", ToNchw));
        var split = NodeFactory.Create(Compiler.Ops.OpRegistry.Get("Split"), 18, [x], Attributes.Of(("axis", 1), ("num_outputs", 3)), ["split"], ["a", "b", "c"]);
        g.Add(split);
        Check(g, 0, [.. split.Outputs.Select(part => g.Add("Transpose", [g.Add("Relu", [part])], ("perm", ToNhwc)))]);
    }

    [Fact]
    public void A_channel_shuffle_takes_two_of_three()
    {
        // [2, 6, 4, 5] as [2, 2, 3, 4, 5], the groups swapped, and back.
        var g = new GraphBuilder();
        var x = g.Add("Transpose", [g.Input("x", ElementType.Float, "2", "4", "5", "6")], ("perm", ToNchw));
        var groups = g.Add("Reshape", [x, GraphBuilder.Integers(2, 2, 3, 4, 5)]);
        var swapped = g.Add("Transpose", [groups], ("perm", (long[])[0, 2, 1, 3, 4]));
        var y = g.Add("Reshape", [swapped, GraphBuilder.Integers(2, 6, 4, 5)]);
        Check(g, 2, g.Add("Transpose", [y], ("perm", ToNhwc)));
    }

    [Fact]
    public void Joined_axes_that_are_neighbours_before_the_transpose_stay_joined()
    {
        var g = new GraphBuilder();
        var x = g.Add("Transpose", [g.Input("x", ElementType.Float, "n", "4", "5", "3")], ("perm", ToNchw));
        var flat = g.Add("Reshape", [x, GraphBuilder.Integers(0, 0, -1)]);
        Check(g, 0, g.Add("Transpose", [flat], ("perm", (long[])[0, 2, 1])));
    }

    [Fact]
    public void Axes_that_are_no_neighbours_cannot_be_joined_without_a_transpose()
    {
        var g = new GraphBuilder();
        var x = g.Add("Transpose", [g.Input("x", ElementType.Float, "2", "4", "5", "3")], ("perm", ToNchw));
        var graph = g.ToGraph(g.Add("Reshape", [x, GraphBuilder.Integers(2, -1)]));
        PassPipeline.Run(graph, [new MoveTransposes()], null).ShouldBeSameAs(graph);
    }

    [Fact]
    public void A_transpose_between_axes_of_length_one_is_a_view()
    {
        var g = new GraphBuilder();
        Check(g, 0, g.Add("Relu", [g.Add("Transpose", [g.Input("x", ElementType.Float, "n", "1", "1", "3")], ("perm", ToNchw))]));
    }

    private static void Check(GraphBuilder builder, int left, params Value[] outputs) => Check(builder, left, 0, outputs);

    private static void Check(GraphBuilder builder, int left, float tolerance, params Value[] outputs)
    {
        var before = builder.ToGraph(outputs);
        var after = PassPipeline.Run(before, [new MoveTransposes()], null);
        Transposes(after).ShouldBe(left, after.ToString());
        Transposes(before).ShouldBeGreaterThan(left);

        Tensor[] inputs = [.. before.Inputs.Select(Sample)];
        foreach (var (expected, actual) in Run(before, inputs).Zip(Run(after, inputs)))
        {
            actual.Dims.ShouldBe(expected.Dims);
            if (tolerance == 0)
            {
                actual.Bytes.ToArray().ShouldBe(expected.Bytes.ToArray());
            }
            else
            {
                actual.As<float>().ToArray().ShouldBe(expected.As<float>().ToArray(), tolerance);
            }
        }
    }

    private static int Transposes(Graph graph) => graph.Nodes.Count(node => node.Is("Transpose"));

    private static IReadOnlyList<Tensor> Run(Graph graph, IReadOnlyList<Tensor> inputs) => new ProgramRunner(ProgramBuilder.Lower(graph)).Run(inputs);

    private static Tensor Sample(Value input)
    {
        long[] dims = [.. input.Type.Shape.Select(dim => dim.IsConstant ? dim.Constant : 2)];
        var count = (int)dims.Aggregate(1L, (a, b) => a * b);
        return Tensor.Of<float>(TinyModels.Samples(count), dims);
    }

    private static Value Scalar(float value) => Value.Of("scalar", Tensor.Scalar(value));

    private static Value Floats(params float[] values) => Value.Of("floats", Tensor.Of<float>(values, values.Length));
}
