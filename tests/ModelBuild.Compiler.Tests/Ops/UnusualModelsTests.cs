using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Forms of operators that ONNX's own cases do not show and that exporters write.</summary>
public class UnusualModelsTests
{
    [SkippableFact]
    public void Batches_of_integers_broadcast() => new OneNode("MatMulInteger", string.Empty).Bytes("3").Bytes("n=2,3,4").Of("1", (byte)3).Of("1", (byte)9).ShouldAgree(types: OnnxElementType.Int32);

    [SkippableFact]
    public void Batches_of_integers_broadcast_on_both_sides() =>
        new OneNode("MatMulInteger", string.Empty).Bytes("n=2,1,3,5").Bytes("4,5,6").Of("", (byte)3).Of("", (byte)9).ShouldAgree(types: OnnxElementType.Int32);

    [SkippableTheory]
    [InlineData(13)]
    [InlineData(15)]
    public void A_vector_has_one_channel(int opset) => new OneNode("BatchNormalization", string.Empty, opset).Floats("n=7").Floats("1").Floats("1").Floats("1").Of("1", 0.3f).ShouldAgree();

    [Fact]
    public void An_optional_of_nothing_must_say_what_it_could_hold()
    {
        var model = Model(
            [],
            new OnnxTensorType(OnnxElementType.Bool, []),
            new OnnxNode { OpType = "Optional", Outputs = ["none"], Attributes = [OnnxAttribute.Of("type", new OnnxTensorType(OnnxElementType.Undefined, null))] },
            new OnnxNode { OpType = "OptionalHasElement", Inputs = ["none"], Outputs = ["y"], Index = 1 });
        Compiling.Errors(model, new CompileOptions()).ShouldHaveSingleItem().ShouldContain("its attribute type does not say of what type the elements are");
    }

    [Fact]
    public void A_constant_may_have_no_output()
    {
        var type = new OnnxTensorType(OnnxElementType.Float, [OnnxDimension.Of(3)]);
        var model = Model(
            [new OnnxValueInfo { Name = "x", Type = type }],
            type,
            new OnnxNode { OpType = "Constant", Attributes = [OnnxAttribute.Of("value_float", 1f)] },
            new OnnxNode { OpType = "Relu", Inputs = ["x"], Outputs = ["y"], Index = 1 });
        Compiling.Compile(model, new CompileOptions()).Program.Calls.Count().ShouldBe(1);
    }

    [SkippableFact]
    public void Shrink_asks_for_what_is_low_first() => new OneNode("Shrink", string.Empty).With("lambd", -0.5f).With("bias", 1f).Floats("n=9").ShouldAgree();

    [SkippableFact]
    public void An_empty_shape_is_that_of_a_scalar() => new OneNode("ConstantOfShape", string.Empty).Of<long>("0").Constant().ShouldAgree();

    [SkippableFact]
    public void Texts_are_equal_or_not() => new OneNode("Equal", string.Empty, 19).Texts("n=2,3", "a", "b", "", "ä", "b", "c").Texts("3", "a", "B", "").ShouldAgree(types: OnnxElementType.Bool);

    [SkippableFact]
    public void Layers_are_normalized_before_operator_set_17() => new OneNode("LayerNormalization", string.Empty, 11).With("axis", -1).Floats("n=2,3,8").Floats("8").Floats("8").ShouldAgree();

    [SkippableFact]
    public void A_product_may_have_no_columns() => new OneNode("MatMul", string.Empty).Floats("n=2,4").Of<float>("4,0").Constant().ShouldAgree();

    [SkippableFact]
    public void A_product_may_have_nothing_to_sum() => new OneNode("MatMul", string.Empty).Of<float>("n=2,0").Of<float>("0,4").Constant().ShouldAgree();

    [SkippableFact]
    public void A_layer_may_have_nothing_to_sum() => new OneNode("Gemm", string.Empty).Of<float>("n=2,0").Of<float>("0,4").Constant().Floats("4").Constant().ShouldAgree();

    [SkippableFact]
    public void A_convolution_may_have_no_outputs() => new OneNode("Conv", string.Empty).Floats("n=2,3,5,5").Of<float>("0,3,3,3").Constant().ShouldAgree();

    [SkippableTheory]
    [InlineData("NOTSET", 1)]
    [InlineData("NOTSET", 2)]
    [InlineData("SAME_UPPER", 1)]
    [InlineData("SAME_LOWER", 2)]
    [InlineData("VALID", 2)]
    public void The_filters_of_a_convolution_may_have_any_size(string mode, int stride)
    {
        var node = new OneNode("Conv", string.Empty).With("strides", new long[] { stride, stride }).With("auto_pad", mode);
        node = mode == "NOTSET" ? node.With("pads", new long[] { 1, 0, 2, 1 }) : node;
        node.Floats("n=2,4,h=9,w=8").Floats("m=6,c=4,k=3,l=2").Floats("m=6").ShouldAgree();
    }

    [SkippableFact]
    public void Groups_of_filters_may_have_any_size() => new OneNode("Conv", string.Empty).With("group", 2).Floats("n=2,4,h=9").Floats("m=6,2,k=3").ShouldAgree();

    [SkippableFact]
    public void Filters_have_the_size_that_the_kernel_has() =>
        new OneNode("Conv", string.Empty).With("kernel_shape", new long[] { 3, 1, 2 }).With("dilations", new long[] { 2, 1, 1 }).Floats("n=2,4,6,h=5,4").Floats("m=6,c=4,k=3,1,l=2").ShouldAgree();

    [SkippableTheory]
    [InlineData("NOTSET")]
    [InlineData("SAME_UPPER")]
    public void The_filters_of_a_transposed_convolution_may_have_any_size(string mode) =>
        new OneNode("ConvTranspose", string.Empty).With("strides", new long[] { 2, 3 }).With("auto_pad", mode).Floats("n=2,4,h=5,w=3").Floats("c=4,m=3,k=3,l=4").ShouldAgree();

    [SkippableFact]
    public void The_filters_of_an_integer_convolution_may_have_any_size() =>
        new OneNode("ConvInteger", string.Empty).With("pads", new long[] { 1, 1, 1, 1 }).Bytes("n=2,3,h=5,w=6").Bytes("m=4,3,k=3,l=2").Of("", (byte)7).ShouldAgree(types: OnnxElementType.Int32);

    [SkippableTheory]
    [InlineData("ReduceSum", 1, 3, new long[] { 2, 0 })]
    [InlineData("ReduceSum", 1, 3, new long[0])]
    [InlineData("ReduceSum", 0, 1, new long[] { -1, 1 })]
    [InlineData("ReduceSum", 0, 0, new long[0])]
    [InlineData("ReduceMax", 1, 3, new long[] { 1 })]
    [InlineData("ReduceMean", 0, 0, new long[] { 1, 0, 2 })]
    [InlineData("ReduceL2", 0, 2, new long[] { 0 })]
    public void A_run_says_along_how_many_axes_is_reduced(string op, int keeps, int rank, long[] axes) =>
        new OneNode(op, string.Empty, 18).With("keepdims", keeps).Floats("a=3,b=4,c=5").Of($"k={axes.Length}", axes).Rank(rank).ShouldAgree();

    [SkippableFact]
    public void A_run_may_say_that_nothing_is_reduced() =>
        new OneNode("ReduceMax", string.Empty, 18).With("noop_with_empty_axes", 1).Floats("a=3,b=4").Of<long>("k=0").Rank(2).ShouldAgree();

    [Fact]
    public void Statistics_of_a_normalization_may_be_outputs()
    {
        var outputs = new OneNode("SkipSimplifiedLayerNormalization").With("epsilon", 0.5f).Of("1,n=2,2", 1f, 2f, 3f, 4f).Of("1,n=2,2", 1f, 1f, 1f, 1f).Of("2", 1f, 1f).Outputs(true, true, true).Run();
        outputs[1].Dims.ShouldBe([1, 2, 1]);
        outputs[1].As<float>().ToArray().ShouldBe([2.5f, 4.5f]);
        outputs[2].As<float>().ToArray().ShouldBe([1 / 2.6457513f, 1 / 4.5825757f], tolerance: 1e-6);
    }

    [Fact]
    public void Bytes_may_be_clipped_to_what_a_run_computes()
    {
        var model = new TinyModels().Ones("one", 1)
            .Node("ReduceMean", "mean", ["x"], OnnxAttribute.Of("keepdims", 0L))
            .Node("QuantizeLinear", "q", ["x", "one"])
            .Node("DequantizeLinear", "d", ["q", "one"])
            .Node("Clip", "clipped", ["d", "mean"])
            .Node("QuantizeLinear", "clipped_q", ["clipped", "one"])
            .Node("DequantizeLinear", "y", ["clipped_q", "one"])
            .Model("y", 13, OnnxDimension.Of("n"));
        var outputs = new ProgramRunner(Compiling.Compile(model, new CompileOptions()).Program).Run([Tensor.Of<float>([0, 3, 9], 3)]);
        outputs[0].As<float>().ToArray().ShouldBe([4, 4, 9]);
    }

    [Fact]
    public void Random_numbers_may_be_halves() =>
        new OneNode("RandomNormalLike", string.Empty).With("dtype", (int)ElementType.Float16).Floats("n=2,3").Run(OnnxElementType.Float16)[0].Type.ShouldBe(ElementType.Float16);

    [Fact]
    public void A_loop_counts_though_nobody_reads_the_number()
    {
        OnnxValueInfo Value(string name, OnnxElementType type) => new() { Name = name, Type = new OnnxTensorType(type, []) };
        var body = new OnnxGraph
        {
            Name = "body",
            Inputs = [Value("i", OnnxElementType.Int64), Value("go", OnnxElementType.Bool), Value("sum", OnnxElementType.Float)],
            Outputs = [Value("go_on", OnnxElementType.Bool), Value("next", OnnxElementType.Float)],
            Nodes =
            [
                new OnnxNode { Name = "go_on", OpType = "Identity", Inputs = ["go"], Outputs = ["go_on"] },
                new OnnxNode { Name = "next", OpType = "Add", Inputs = ["sum", "sum"], Outputs = ["next"], Index = 1 },
            ],
        };
        var model = new OnnxModel
        {
            IrVersion = 8,
            Opsets = new Dictionary<string, long> { [string.Empty] = 16 },
            FileName = "loop.onnx",
            Graph = new OnnxGraph
            {
                Name = "loop",
                Inputs = [Value("trips", OnnxElementType.Int64), Value("while", OnnxElementType.Bool), Value("x", OnnxElementType.Float)],
                Outputs = [Value("y", OnnxElementType.Float)],
                Nodes = [new OnnxNode { Name = "loop", OpType = "Loop", Inputs = ["trips", "while", "x"], Outputs = ["y"], Attributes = [OnnxAttribute.Of("body", body)] }],
            },
        };
        var program = Compiling.Compile(model, new CompileOptions()).Program;
        var loop = program.Steps.Select(step => step.Plan).OfType<LoopStep>().ShouldHaveSingleItem();
        program.BoundSymbols.Select(symbol => symbol.Name).ShouldContain(loop.Iteration);
    }

    // A model with the output y.
    private static OnnxModel Model(IReadOnlyList<OnnxValueInfo> inputs, OnnxTensorType y, params IReadOnlyList<OnnxNode> nodes) => new()
    {
        IrVersion = 8,
        Opsets = new Dictionary<string, long> { [string.Empty] = 16 },
        FileName = "unusual.onnx",
        Graph = new OnnxGraph { Name = "unusual", Inputs = inputs, Outputs = [new OnnxValueInfo { Name = "y", Type = y }], Nodes = nodes },
    };
}
