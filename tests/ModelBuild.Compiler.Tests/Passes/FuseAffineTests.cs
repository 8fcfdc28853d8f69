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

/// <summary>What follows a layer and can be part of its weights is; the numbers stay the same but for rounding.</summary>
public class FuseAffineTests
{
    private static readonly Dictionary<string, Func<GraphBuilder, Value, Value>> Layers = new()
    {
        ["Conv"] = (g, x) => g.Add("Conv", [x, Weights(3, 2, 2, 2), Weights(3)]),
        ["Conv without bias"] = (g, x) => g.Add("Conv", [x, Weights(3, 2, 3, 3)], ("pads", (long[])[1, 1, 1, 1])),
        ["Conv of groups"] = (g, x) => g.Add("Conv", [g.Add("Concat", [x, x, x], ("axis", 1)), Weights(3, 2, 2, 2), Weights(3)], ("group", 3)),
        ["Gemm"] = (g, x) => g.Add("Gemm", [g.Add("Flatten", [x]), Weights(40, 3), Weights(3)]),
        ["Gemm with a row as bias"] = (g, x) => g.Add("Gemm", [g.Add("Flatten", [x]), Weights(40, 3), Weights(1, 3)]),
        ["Gemm of a transpose"] = (g, x) => g.Add("Gemm", [g.Add("Flatten", [x]), Weights(3, 40), Weights(3)], ("transB", 1), ("beta", 0.5f)),
    };

    // Applied to what the layer makes, whose axis 1 has three channels.
    private static readonly Dictionary<string, Func<GraphBuilder, Value, Value>> Chains = new()
    {
        ["Mul and Add of one value"] = (g, y) => g.Add("Add", [g.Add("Mul", [Scalar(1.5f), y]), Scalar(-0.25f)]),
        ["Add of channels"] = (g, y) => g.Add("Add", [y, Channels(y, 0.5f, -1, 2)]),
        ["Sub on both sides"] = (g, y) => g.Add("Sub", [Channels(y, 1, 2, 3), g.Add("Sub", [y, Channels(y, 0.5f, -1, 2)])]),
        ["Div of channels"] = (g, y) => g.Add("Div", [y, Channels(y, 2, -3, 0.7f)]),
        ["BatchNormalization and Mul"] = (g, y) => g.Add("Mul", [g.Add("BatchNormalization", [y, Vector(1, 2, 3), Vector(0.1f, 0.2f, 0.3f), Vector(-1, 0, 1), Vector(0.5f, 1, 2)]), Scalar(0.5f)]),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Arithmetic_with_constants_becomes_part_of_the_layer(string layer)
    {
        foreach (var chain in Chains.Values)
        {
            var g = new GraphBuilder();
            var graph = g.ToGraph(chain(g, Layers[layer](g, g.Input("x", ElementType.Float, "n", "2", "4", "5"))));
            var fused = PassPipeline.Run(graph, [new FuseAffine()], null);
            fused.Nodes.Count(node => node.Is("Conv") || node.Is("Gemm")).ShouldBe(fused.Nodes.Count(node => !node.Is("Flatten") && !node.Is("Concat")), fused.ToString());
            Run(fused).ShouldBe(Run(graph), 1e-5f);
        }
    }

    public static TheoryData<string> Others => ["other axis", "larger", "division by it", "with itself", "infinite", "rounding", "used twice", "output", "bias of rows", "no layer"];

    [Theory]
    [MemberData(nameof(Others))]
    public void Other_arithmetic_stays(string name)
    {
        var g = new GraphBuilder();
        var y = g.Add("Conv", [g.Input("x", ElementType.Float, "n", "2", "4", "4"), Weights(3, 2, 2, 2)]);
        Value[] outputs = name switch
        {
            "other axis" => [g.Add("Mul", [y, Vector(1, 2, 3)])],
            "larger" => [g.Add("Add", [y, Value.Of("c", Tensor.Of<float>([1], 1, 1, 1, 1, 1))])],
            "division by it" => [g.Add("Div", [Scalar(2), y])],
            "with itself" => [g.Add("Add", [y, y])],
            "infinite" => [g.Add("Mul", [y, Scalar(float.PositiveInfinity)])],
            "rounding" => [g.Add("Sub", [g.Add("Add", [y, Scalar(12582912)]), Scalar(12582912)])],
            "output" => [y, g.Add("Mul", [y, Scalar(2)])],
            "bias of rows" => [g.Add("Mul", [g.Add("Gemm", [g.Input("z", ElementType.Float, "3", "5"), Weights(5, 3), Weights(3, 1)]), Scalar(2)])],
            "used twice" => [g.Add("Mul", [y, Scalar(2)]), g.Add("Mul", [y, Scalar(3)])],
            _ => [g.Add("Add", [g.Add("Relu", [g.Input("z", ElementType.Float, "n", "3")]), Scalar(1)])],
        };
        var graph = g.ToGraph(outputs);
        PassPipeline.Run(graph, [new FuseAffine()], null).ShouldBeSameAs(graph);
    }

    [Fact]
    public void A_product_that_is_added_to_itself_is_a_Gemm_and_an_Add()
    {
        var g = new GraphBuilder();
        var y = g.Add("MatMul", [g.Input("x", ElementType.Float, "n", "2"), Weights(2, 3)]);
        var graph = PassPipeline.Run(g.ToGraph(g.Add("Add", [y, y])), [new UseGemm()], null);
        graph.Nodes.Select(node => node.Op.QualifiedName).ShouldBe(["Gemm", "Add"]);
    }

    [Fact]
    public void Large_weights_that_several_layers_share_are_not_copied()
    {
        var g = new GraphBuilder();
        var (x, shared) = (g.Input("x", ElementType.Float, "n", "1024"), Weights(1024, 1024));
        Value Gemm() => g.Add("Gemm", [x, shared]);
        var graph = PassPipeline.Run(g.ToGraph(g.Add("Mul", [Gemm(), Scalar(2)]), g.Add("Add", [Gemm(), Scalar(2)])), [new FuseAffine()], null);
        graph.Nodes.Select(node => node.Op.QualifiedName).Order().ShouldBe(["Gemm", "Gemm", "Mul"]);
        graph.Nodes.Where(node => node.Is("Gemm")).ShouldAllBe(gemm => gemm.Inputs[1] == shared);
    }

    private static float[] Run(Graph graph)
    {
        var input = Tensor.Of<float>(TinyModels.Samples(2 * 2 * 4 * 5), 2, 2, 4, 5);
        var lowered = PassPipeline.Run(graph, [new ExpandBatchNormalization(), new ExpandGemm(), new ConvertLayout()], null);
        return new ProgramRunner(ProgramBuilder.Lower(lowered)).Run([input])[0].As<float>().ToArray();
    }

    private static Value Weights(params long[] dims) => Value.Of("w", Tensor.Of<float>(TinyModels.Samples((int)dims.Aggregate(1L, (a, b) => a * b)), dims));

    private static Value Channels(Value y, params float[] values) => Value.Of("c", Tensor.Of<float>(values, [values.Length, .. Enumerable.Repeat(1L, y.Type.Rank - 2)]));

    private static Value Vector(params float[] values) => Value.Of("v", Tensor.Of<float>(values, values.Length));

    private static Value Scalar(float value) => Value.Of("scalar", Tensor.Scalar(value));
}
