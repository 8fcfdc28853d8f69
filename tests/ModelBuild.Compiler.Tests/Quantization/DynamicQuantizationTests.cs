using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Quantization;

/// <summary>Ranges from each call: the standard operators, and the layers that they become.</summary>
public class DynamicQuantizationTests
{
    [Fact]
    public void A_layer_for_which_integers_pay_becomes_standard_operators_and_the_others_have_narrow_weights()
    {
        var graph = Compiling.Compile(TinyModels.WideMlp(), new CompileOptions { Bits = Precision.Int8 }).Optimized;

        graph.Nodes.Select(node => node.Op.Name).ShouldBe(["DynamicQuantizeLinear", "MatMulInteger", "Cast", "Mul", "Mul", "Add", "Relu", "DequantizeLinear", "Gemm"], ignoreOrder: true);
    }

    [Fact]
    public void The_standard_operators_become_one_layer_again()
    {
        var dense = Compiling.Compile(TinyModels.WideMlp(), new CompileOptions { Bits = Precision.Int8 }).Program;
        dense.Calls.Select(step => step.Call.Kernel).ShouldBe(["DynamicQuantizeU8.Run", "DenseInt8.RunDynamic", "DenseF32.Run"]);

        var convolution = Compiling.Compile(Deep(), new CompileOptions { Bits = Precision.Int8 }).Program;
        convolution.Calls.Select(step => step.Call.Kernel).ShouldBe(["Transpose.Run", "DynamicQuantizeU8.Run", "ConvInt8.RunDynamic", "Transpose.Run"]);
    }

    [Fact]
    public void Layers_that_compute_in_floats_keep_bytes_in_the_file()
    {
        var floats = Compiling.Compile(Kinds(), new CompileOptions());
        var bytes = Compiling.Compile(Kinds(), new CompileOptions { Bits = Precision.Int8 });

        bytes.Program.Calls.Select(step => step.Call.Kernel).ShouldBe(floats.Program.Calls.Select(step => step.Call.Kernel));
        bytes.Program.PrepareSteps.Count(step => step.Call.Kernel.StartsWith("ScaleWeights", System.StringComparison.Ordinal)).ShouldBe(4);
        Stored(bytes.Program).ShouldBeLessThan(Stored(floats.Program) / 3);

        // What is computed is what the dequantized weights say.
        var x = Tensor.Of<float>(TinyModels.Samples(32 * 81), 1, 32, 9, 9);
        var plain = ProgramBuilder.Lower(PassPipeline.Run(Folded(bytes.Optimized), [.. Pipelines.Fuse], null));
        new ProgramRunner(bytes.Program).Run([x])[0].As<float>().ToArray().ShouldBe(new ProgramRunner(plain).Run([x])[0].As<float>().ToArray());

        static long Stored(KernelProgram program) => program.Buffers.Sum(buffer => buffer.Constant?.Bytes.Length ?? 0L);
    }

    [Fact]
    public void A_fused_layer_gives_what_the_standard_operators_give()
    {
        foreach (var (model, input) in new[] { (TinyModels.WideMlp(), Tensor.Of<float>(TinyModels.Samples(3 * 256), 3, 256)), (Deep(), Tensor.Of<float>(TinyModels.Samples(64 * 81), 1, 64, 9, 9)) })
        {
            var optimized = Compiling.Compile(model, new CompileOptions { Bits = Precision.Int8 }).Optimized;
            var fused = Run([.. Pipelines.Fuse]);
            var plain = Run([.. Pipelines.Fuse.Where(pass => pass is not FuseDynamicQuantization)]);

            fused.Zip(plain).Max(pair => System.Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(1e-5f);

            float[] Run(Pass[] passes) => new ProgramRunner(ProgramBuilder.Lower(PassPipeline.Run(optimized, passes, null))).Run([input])[0].As<float>().ToArray();
        }
    }

    [Fact]
    public void Layers_of_one_input_share_its_quantization()
    {
        var model = new TinyModels()
            .Node("Gemm", "a", ["x", "wa"]).Weights("wa", 256, 256)
            .Node("Gemm", "b", ["x", "wb"]).Weights("wb", 256, 256)
            .Node("Add", "sum", ["a", "b"])
            .Model("sum", 13, OnnxDimension.Of("batch"), OnnxDimension.Of(256));

        Compiling.Compile(model, new CompileOptions { Bits = Precision.Int8 }).Program.Calls.Count(step => step.Call.Kernel == "DynamicQuantizeU8.Run").ShouldBe(1);
    }

    // Many products for each input and output, and no Winograd.
    private static OnnxModel Deep() => new TinyModels()
        .Node("Conv", "conv", ["x", "w", "b"], OnnxAttribute.Of("strides", (long[])[2, 2])).Weights("w", 64, 64, 3, 3).Weights("b", 64)
        .Model("conv", 13, OnnxDimension.Of(1), OnnxDimension.Of(64), OnnxDimension.Of(9), OnnxDimension.Of(9));

    // A convolution of all channels, of groups, of single channels, and a matrix: none with work enough.
    private static OnnxModel Kinds() => new TinyModels()
        .Node("Conv", "full", ["x", "w1", "b1"]).Weights("w1", 40, 32, 1, 1).Weights("b1", 40)
        .Node("Conv", "groups", ["full", "w2"], OnnxAttribute.Of("group", 4L)).Weights("w2", 40, 10, 3, 3)
        .Node("Conv", "depthwise", ["groups", "w3"], OnnxAttribute.Of("group", 40L)).Weights("w3", 40, 1, 3, 3)
        .Node("GlobalAveragePool", "mean", ["depthwise"])
        .Node("Flatten", "flat", ["mean"])
        .Node("Gemm", "fc", ["flat", "w4"], OnnxAttribute.Of("transB", 1L)).Weights("w4", 17, 40)
        .Model("fc", 13, OnnxDimension.Of(1), OnnxDimension.Of(32), OnnxDimension.Of(9), OnnxDimension.Of(9));

    // Weights that are dequantized as the graph says it.
    private static Graph Folded(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => node.Is("DequantizeLinear")))
        {
            editor.Redirect(node.Output, GraphEditor.Constant(node.Output.Name, ConstantFolder.Run(node)[0]));
        }

        return editor.ToGraph();
    }
}
