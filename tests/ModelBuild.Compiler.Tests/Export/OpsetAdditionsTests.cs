using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Export;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Export;

/// <summary>Nodes that we make are written in an operator set that knows them, whatever that of the model is.</summary>
public class OpsetAdditionsTests
{
    private static readonly Dictionary<string, (int From, int Oldest, Func<Node> Make)> Nodes = new()
    {
        ["Add of bytes"] = (11, 14, () => Node("Add", [Input(ElementType.Int8), Input(ElementType.Int8)])),
        ["Add of floats"] = (11, 11, () => Node("Add", [Input(), Input()])),
        ["AveragePool with dilations"] = (11, 19, () => Node("AveragePool", [Input()], ("kernel_shape", (long[])[1, 1]), ("dilations", (long[])[2, 2]))),
        ["Clip of integers"] = (11, 12, () => Node("Clip", [Input(ElementType.Int64)])),
        ["Concat on the last axis"] = (9, 11, () => Node("Concat", [Input(), Input()], ("axis", -1))),
        ["Conv of bfloat16"] = (13, 22, () => Node("Conv", [Input(ElementType.BFloat16), Input(ElementType.BFloat16)])),
        ["Equal of floats"] = (10, 11, () => Node("Equal", [Input(), Input()])),
        ["Gelu"] = (11, 20, () => Node("Gelu", [Input()])),
        ["Gemm without a bias"] = (10, 11, () => Node("Gemm", [Matrix(), Matrix()])),
        ["HardSwish"] = (11, 14, () => Node("HardSwish", [Input()])),
        ["LayerNormalization"] = (11, 17, () => Node("LayerNormalization", [Input(), Tensor(1f, 1, 1, 1)])),
        ["Max of several shapes"] = (7, 8, () => Node("Max", [Input(), Tensor(1f)])),
        ["Max of integers"] = (11, 12, () => Node("Max", [Input(ElementType.Int64), Input(ElementType.Int64)])),
        ["MaxPool of bytes"] = (11, 12, () => Node("MaxPool", [Input(ElementType.UInt8)], ("kernel_shape", (long[])[2, 2]))),
        ["Pad on all axes"] = (11, 11, () => Node("Pad", [Input(), Tensor(0L, 0, 1, 0, 0, 0, 1, 0)])),
        ["Pad on one axis"] = (13, 18, () => Node("Pad", [Input(), Tensor(1L, 1), null, Tensor(2L)])),
        ["ReduceMax on an axis"] = (13, 18, () => Node("ReduceMax", [Input(), Tensor(2L)])),
        ["ReduceMax"] = (13, 13, () => Node("ReduceMax", [Input()])),
        ["ReduceSum on an axis"] = (11, 13, () => Node("ReduceSum", [Input(), Tensor(2L)])),
        ["Relu of integers"] = (13, 14, () => Node("Relu", [Input(ElementType.Int32)])),
        ["Reshape that allows zeros"] = (13, 14, () => Node("Reshape", [Input(), Tensor(4L, 2)], ("allowzero", 1))),
        ["ScatterND that adds"] = (13, 16, () => Node("ScatterND", [Input(), Value.Of("i", IR.Tensor.Of<long>([0], 1, 1)), Value.Of("u", IR.Tensor.Of<float>(new float[8], 1, 2, 2, 2))], ("reduction", "add"))),
        ["ScatterND that takes the largest"] = (13, 18, () => Node("ScatterND", [Input(), Value.Of("i", IR.Tensor.Of<long>([0], 1, 1)), Value.Of("u", IR.Tensor.Of<float>(new float[8], 1, 2, 2, 2))], ("reduction", "max"))),
        ["Shape of some axes"] = (13, 15, () => Node("Shape", [Input()], ("start", 1))),
        ["Split into equal parts"] = (13, 18, () => Node("Split", [Input()], ("num_outputs", 1))),
        ["Squeeze"] = (11, 13, () => Node("Squeeze", [Input(), Tensor(0L)])),
    };

    public static TheoryData<string> Names => [.. Nodes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_oldest_operator_set_of_a_node_has_all_that_it_has(string name)
    {
        var (from, oldest, make) = Nodes[name];
        var node = make();
        Value[] inputs = [.. node.Inputs.OfType<Value>().Where(input => !input.IsConstant)];
        ExportOpset.Choose(new Graph("graph", [], inputs, [new GraphOutput("y", node.Output)], [node]), from).ShouldBe(oldest);
    }

    [SkippableTheory]
    [InlineData(7, 32)]
    [InlineData(13, 32)]
    [InlineData(13, 8)]
    public void A_convolution_over_three_axes_is_written_in_the_operator_set_of_the_model(int opset, int bits)
    {
        var model = new TinyModels().Weights("w", 8, 4, 3, 3, 3).Node("Conv", "c", ["x", "w"], OnnxAttribute.Of("pads", (long[])[1, 1, 1, 1, 1, 1])).Node("Relu", "out", ["c"])
            .Model("out", opset, [.. new[] { 1, 4, 5, 6, 7 }.Select(size => OnnxDimension.Of(size))]);
        WrittenModel.Check(model, [IR.Tensor.Of<float>(TinyModels.Samples(840), 1, 4, 5, 6, 7)], (Precision)bits, bits == 8 ? 0.02f : 1e-5f)
            .Opsets[string.Empty].ShouldBe(Math.Max(opset, 13));
    }

    [SkippableFact]
    public void A_normalization_of_ONNX_Runtime_is_written_as_that_of_a_newer_operator_set() =>
        new Ops.OneNode("SkipLayerNormalization", opset: 11).Floats("2,3,8").Floats("2,3,8").Floats("8").Constant().Floats("8").Constant().ShouldBeWritten(Precision.Int8, 2e-5f)
            .Opsets[string.Empty].ShouldBe(17);

    private static Value Input(ElementType type = ElementType.Float) => Value.Of("x", TensorType.Of(type, [1, 2, 2, 2]));

    private static Value Matrix() => Value.Of("m", TensorType.Of(ElementType.Float, [2, 2]));

    private static Value Tensor<T>(params T[] values)
        where T : unmanaged => Value.Of("constant", IR.Tensor.Of<T>(values, values.Length));

    private static Node Node(string op, Value?[] inputs, params (string Name, object Value)[] attributes) => NodeFactory.Create(op, inputs, Attributes.Of(attributes), [], index => $"y{index}");
}
