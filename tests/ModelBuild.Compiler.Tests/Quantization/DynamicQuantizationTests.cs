using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Tests.Compression;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Quantization;

/// <summary>Ranges from each call: the standard operators, and the layers that they become.</summary>
public class DynamicQuantizationTests
{
    [Fact]
    public void A_layer_becomes_standard_operators()
    {
        var graph = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { Bits = Precision.Int8 }).Optimized;

        graph.Nodes.Select(node => node.Op.Name).ShouldBe(
        [
            "DynamicQuantizeLinear", "MatMulInteger", "Cast", "Mul", "Mul", "Add", "Relu",
            "DynamicQuantizeLinear", "MatMulInteger", "Cast", "Mul", "Mul", "Add",
        ]);
    }

    [Fact]
    public void The_standard_operators_become_one_layer_again()
    {
        var program = Compiling.Compile(TinyModels.Residual(), new CompileOptions { Bits = Precision.Int8 }).Program;

        program.Calls.Select(step => step.Call.Kernel).ShouldBe(
        [
            "Transpose.Run",
            "DynamicQuantizeU8.Run", "ConvInt8.RunDynamic",
            "UnaryF32.Run",
            "DynamicQuantizeU8.Run", "ConvInt8.RunDynamic",
            "BinaryF32.Run", "UnaryF32.Run", "MaxPool.Run", "ReduceF32.Run",
            "DynamicQuantizeU8.Run", "DenseInt8.RunDynamic",
        ], Case.Insensitive);
    }

    [Fact]
    public void A_fused_layer_gives_what_the_standard_operators_give()
    {
        foreach (var (model, input) in new[] { (TinyModels.Mlp(), Tensor.Of<float>(TinyModels.Samples(3 * 32), 3, 32)), (TinyModels.Residual(), Tensor.Of<float>(TinyModels.Samples(192), 1, 3, 8, 8)) })
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
            .Node("Gemm", "a", ["x", "wa"]).Weights("wa", 16, 16)
            .Node("Gemm", "b", ["x", "wb"]).Weights("wb", 16, 16)
            .Node("Add", "sum", ["a", "b"])
            .Model("sum", 13, Onnx.OnnxDimension.Of("batch"), Onnx.OnnxDimension.Of(16));

        Compiling.Compile(model, new CompileOptions { Bits = Precision.Int8 }).Program.Calls.Count(step => step.Call.Kernel == "DynamicQuantizeU8.Run").ShouldBe(1);
    }
}
