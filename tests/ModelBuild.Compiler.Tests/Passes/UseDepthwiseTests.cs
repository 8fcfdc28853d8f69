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

/// <summary>Constants for each channel between layers take one pass over the data.</summary>
public class UseDepthwiseTests
{
    [Theory]
    [InlineData("BatchNormalization")]
    [InlineData("Mul and Add")]
    public void What_scales_and_shifts_channels_in_front_of_a_layer_is_one_step(string form)
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "n", "3", "5", "6");
        var scaled = form == "Mul and Add"
            ? g.Add("Add", [Channels(0.1f, -0.2f, 0.3f), g.Add("Mul", [x, Channels(1, 2, -3)])])
            : g.Add("BatchNormalization", [x, Vector(1, 2, 3), Vector(0.1f, 0.2f, 0.3f), Vector(-1, 0, 1), Vector(0.5f, 1, 2)]);
        var graph = PassPipeline.Run(g.ToGraph(g.Add("MaxPool", [g.Add("Relu", [scaled])], ("kernel_shape", (long[])[2, 2]))), [new ExpandBatchNormalization()], null);
        var fused = PassPipeline.Run(graph, Pipelines.Fuse, null);
        fused.Nodes.Where(node => !node.Is("Transpose")).Select(node => node.Op.Name).ShouldBe(["ConvNhwc", "MaxPoolNhwc"]);
        Run(fused).ShouldBe(Run(PassPipeline.Run(graph, [new ConvertLayout()], null)), 1e-6f);
    }

    [Theory]
    [InlineData("one value")]
    [InlineData("no layer")]
    [InlineData("used twice")]
    [InlineData("other axis")]
    public void Other_arithmetic_stays(string name)
    {
        var g = new GraphBuilder();
        var x = g.Input("x", ElementType.Float, "n", "3", "5", "6");
        var factor = name switch { "one value" => Value.Of("c", Tensor.Scalar(2f)), "other axis" => Vector(1, 2, 3, 4, 5, 6), _ => Channels(1, 2, -3) };
        var product = g.Add("Mul", [x, factor]);
        var sum = g.Add("Add", [product, name == "one value" ? Value.Of("c", Tensor.Scalar(1f)) : Channels(1, 1, 2)]);
        var result = g.Add(name == "no layer" ? "Relu" : "GlobalAveragePool", [sum]);
        var graph = name == "used twice" ? g.ToGraph(result, product) : g.ToGraph(result);
        PassPipeline.Run(graph, [new UseDepthwise()], null).ShouldBeSameAs(graph);
    }

    private static float[] Run(Graph graph)
    {
        var input = Tensor.Of<float>(TinyModels.Samples(2 * 3 * 5 * 6), 2, 3, 5, 6);
        return new ProgramRunner(ProgramBuilder.Lower(graph)).Run([input])[0].As<float>().ToArray();
    }

    private static Value Channels(params float[] values) => Value.Of("c", Tensor.Of<float>(values, values.Length, 1, 1));

    private static Value Vector(params float[] values) => Value.Of("v", Tensor.Of<float>(values, values.Length));
}
