using System;
using System.Linq;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Quantization;

/// <summary>What the quantizer makes of a graph.</summary>
public sealed class StaticQuantizerTests : IDisposable
{
    private readonly SampleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Layers_read_rounded_values_and_the_last_one_gives_floats()
    {
        var graph = Quantize(TinyModels.Mlp(), 4, 32);

        string.Join("\n", graph.Nodes.Select(Shape)).ShouldBe("""
            x_quantized = QuantizeLinear(x, x_scale, x_zero_point)
            x_dequantized = DequantizeLinear(x_quantized, x_scale, x_zero_point)
            fc1.w_dequantized = DequantizeLinear(fc1.w_quantized, fc1.w_scale, fc1.w_zero_point)
            fc1.b_dequantized = DequantizeLinear(fc1.b_quantized, fc1.b_scale, fc1.b_zero_point)
            fc1 = Gemm(x_dequantized, fc1.w_dequantized, fc1.b_dequantized)
            relu1 = Relu(fc1)
            relu1_quantized = QuantizeLinear(relu1, relu1_scale, relu1_zero_point)
            relu1_dequantized = DequantizeLinear(relu1_quantized, relu1_scale, relu1_zero_point)
            fc2.w_dequantized = DequantizeLinear(fc2.w_quantized, fc2.w_scale, fc2.w_zero_point)
            fc2.b_dequantized = DequantizeLinear(fc2.b_quantized, fc2.b_scale, fc2.b_zero_point)
            fc2 = Gemm(relu1_dequantized, fc2.w_dequantized, fc2.b_dequantized)
            """);
    }

    [Fact]
    public void What_only_moves_or_chooses_values_keeps_their_scale()
    {
        var graph = Quantize(TinyModels.Residual(), 4, 3, 8, 8);

        Scale(graph, "pool").ShouldBe(Scale(graph, "relu"));
        Scale(graph, "flat").ShouldBe(Scale(graph, "mean"));
        Scale(graph, "mean").ShouldNotBe(Scale(graph, "pool"));
        Scale(graph, "inner").ShouldNotBe(Scale(graph, "leaky"));
    }

    [Fact]
    public void Values_that_only_float_operators_read_stay_floats()
    {
        var model = new TinyModels()
            .Node("Gemm", "a", ["x", "wa"]).Weights("wa", 16, 16)
            .Node("Softmax", "soft", ["a"])
            .Node("LeakyRelu", "after", ["soft"])
            .Node("Gemm", "b", ["after", "wb"]).Weights("wb", 16, 8)
            .Node("Sigmoid", "out", ["b"])
            .Model("out", 13, OnnxDimension.Of("batch"), OnnxDimension.Of(16));
        var graph = Quantize(model, 4, 16);

        // Softmax computes on floats, and so what follows it up to the next layer; nothing is quantized after the last layer.
        graph.Nodes.Where(node => node.Is("QuantizeLinear")).Select(node => node.Inputs[0]!.Name).ShouldBe(["x", "after"]);
    }

    [Fact]
    public void Both_sides_of_an_addition_need_to_be_integers()
    {
        var model = new TinyModels()
            .Node("Gemm", "a", ["x", "wa"]).Weights("wa", 16, 16)
            .Node("Softmax", "soft", ["x"])
            .Node("Add", "sum", ["a", "soft"])
            .Node("Gemm", "b", ["sum", "wb"]).Weights("wb", 16, 8)
            .Model("b", 13, OnnxDimension.Of("batch"), OnnxDimension.Of(16));

        Quantize(model, 4, 16).Nodes.Where(node => node.Is("QuantizeLinear")).Select(node => node.Inputs[0]!.Name).ShouldBe(["x", "sum"]);
    }

    [Fact]
    public void A_channel_without_weights_keeps_its_bias()
    {
        var layer = Layer(weights: [0, 0, 1, -0.5f], bias: [0.3f, 0]);
        var quantized = QuantizedWeights.Of(layer, inputScale: 0.5f);

        var bias = quantized.Bias([0.3f, 0], 0.5f);
        (bias[0] * quantized.BiasScale(0.5f, 0)).ShouldBe(0.3f, 1e-6f);
        quantized.Values.As<sbyte>().ToArray().ShouldBe([0, 0, 127, -64]);
        quantized.Scales[1].ShouldBe(1 / 127f);
    }

    [Fact]
    public void A_bias_that_would_overflow_enlarges_the_scale_of_its_channel()
    {
        var layer = Layer(weights: [1e-9f, 1e-9f, 1, 1], bias: [1000, 0]);
        var quantized = QuantizedWeights.Of(layer, inputScale: 0.01f);

        var bias = quantized.Bias([1000, 0], 0.01f);
        (bias[0] * (double)quantized.BiasScale(0.01f, 0)).ShouldBe(1000, 0.01);
        quantized.Scales[1].ShouldBe(1 / 127f);
    }

    [Theory]
    [InlineData(0f, 2.55f, 0.01f, 0)]
    [InlineData(-1.28f, 1.27f, 0.01f, 128)]
    [InlineData(5.1f, 5.1f, 0.02f, 0)]
    [InlineData(-5.1f, -1f, 0.02f, 255)]
    [InlineData(0f, 0f, 1f, 0)]
    public void A_range_always_holds_zero(float min, float max, float scale, byte zeroPoint)
    {
        var parameters = ActivationParameters.Of(min, max);
        parameters.Scale.ShouldBe(scale, 1e-6f);
        parameters.ZeroPoint.ShouldBe(zeroPoint);
    }

    private Graph Quantize(OnnxModel model, params int[] sizes)
    {
        var samples = _files.Save("x.npy", TinyModels.Samples(sizes.Aggregate(1, (a, b) => a * b)), sizes);
        return Compiling.Compile(model, new CompileOptions { Bits = Precision.Int8, Calibration = [samples] }).Optimized;
    }

    private static WeightLayer Layer(float[] weights, float[] bias)
    {
        var x = Value.Of("x", TensorType.Of(Plan.ElementType.Float, 1, 2));
        var node = NodeFactory.Create(
            "Gemm", [x, Value.Of("w", Tensor.Of<float>(weights, 2, 2)), Value.Of("b", Tensor.Of<float>(bias, 2))], Attributes.Of(("transB", 1L)), [], _ => "y");
        return WeightLayer.FindAll(new Graph("g", [], [x], [new GraphOutput("y", node.Output)], [node])).Single();
    }

    private static float Scale(Graph graph, string value) =>
        graph.Nodes.Single(node => node.Is("QuantizeLinear") && node.Inputs[0]!.Name == value).Inputs[1]!.Constant!.As<float>()[0];

    private static string Shape(Node node) => $"{node.Output.Name} = {node.Op.Name}({string.Join(", ", node.Inputs.Select(input => input!.Name))})";
}
