using System;
using System.Linq;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Export;

/// <summary>The .optimized.onnx file: what is compiled, as any tool can read it.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly SampleFiles _files = new();

    public static TheoryData<string, string> Cases => new()
    {
        { "mlp", "32" }, { "mlp", "16" }, { "mlp", "8" }, { "mlp", "8 static" },
        { "residual", "32" }, { "residual", "16" }, { "residual", "8" }, { "residual", "8 static" },
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_exported_model_compiles_to_the_same_program(string name, string bits)
    {
        var model = name == "mlp" ? TinyModels.Mlp() : TinyModels.Residual();
        var sizes = name == "mlp" ? new[] { 20, 32 } : [20, 3, 8, 8];
        var samples = _files.Save("x.npy", TinyModels.Samples(sizes.Aggregate(1, (a, b) => a * b)), sizes);
        var options = new CompileOptions
        {
            Bits = bits[0] == '8' ? Precision.Int8 : bits == "16" ? Precision.Float16 : Precision.Float32,
            Calibration = bits.Contains("static", StringComparison.Ordinal) ? [samples] : [],
        };
        var compiled = Compiling.Compile(model, options);

        var sink = new DiagnosticSink();
        var exported = OnnxReader.Read(Compiling.Export(compiled, model), "exported.onnx", sink);
        sink.All.ShouldBeEmpty();

        // A half weight that is read again is a float that happens to fit into 16 bits.
        var again = Compiling.Compile(exported.ShouldNotBeNull(), new CompileOptions { Bits = bits == "16" ? Precision.Float16 : Precision.Float32 });
        again.Program.Calls.Select(Text).ShouldBe(compiled.Program.Calls.Select(Text));
        Compiling.Weights(again).ShouldBe(Compiling.Weights(compiled));
    }

    [Fact]
    public void An_export_is_reproducible_and_keeps_names()
    {
        var model = TinyModels.WideMlp();
        var compiled = Compiling.Compile(model, new CompileOptions { Bits = Precision.Int8 });
        Compiling.Export(compiled, model).ShouldBe(Compiling.Export(Compiling.Compile(model, new CompileOptions { Bits = Precision.Int8 }), model));

        var exported = OnnxReader.Read(Compiling.Export(compiled, model), "exported.onnx", new DiagnosticSink())!;
        exported.Graph.Inputs.Single().Name.ShouldBe("x");
        exported.Graph.Outputs.Single().Name.ShouldBe("fc2");
        exported.Graph.Nodes.Select(node => node.OpType).ShouldContain("MatMulInteger");
        exported.Graph.Nodes.Select(node => node.OpType).ShouldContain("DequantizeLinear");
        exported.Opsets[""].ShouldBe(13);
    }

    [Fact]
    public void Quantizing_per_channel_raises_the_operator_set_to_13()
    {
        var model = TinyModels.Residual();
        var samples = _files.Save("x.npy", TinyModels.Samples(4 * 192), 4, 3, 8, 8);
        var compiled = Compiling.Compile(model, new CompileOptions { Bits = Precision.Int8, Calibration = [samples] });
        var exported = OnnxReader.Read(Compiling.Export(compiled, model), "exported.onnx", new DiagnosticSink())!;

        exported.Opsets[""].ShouldBe(13);
        exported.Graph.Nodes.Count(node => node.OpType == "QuantizeLinear").ShouldBe(8);
    }

    [Fact]
    public void Attributes_that_became_inputs_are_written_as_inputs()
    {
        var model = new TinyModels()
            .Node("Unsqueeze", "wide", ["x"], OnnxAttribute.Of("axes", (long[])[1]))
            .Node("Conv", "conv", ["wide", "w"]).Weights("w", 8, 1, 3)
            .Node("Clip", "clip", ["conv"], OnnxAttribute.Of("min", 0f), OnnxAttribute.Of("max", 6f))
            .Node("Flatten", "flat", ["clip"])
            .Node("Softmax", "out", ["flat"], OnnxAttribute.Of("axis", 1L))
            .Model("out", 9, OnnxDimension.Of(1), OnnxDimension.Of(16));
        var samples = _files.Save("x.npy", TinyModels.Samples(64), 4, 16);
        var compiled = Compiling.Compile(model, new CompileOptions { Bits = Precision.Int8, Calibration = [samples] });
        var exported = OnnxReader.Read(Compiling.Export(compiled, model), "exported.onnx", new DiagnosticSink())!;

        exported.Opsets[""].ShouldBe(13);
        Compiling.Compile(exported, new CompileOptions()).Program.Calls.Select(Text).ShouldBe(compiled.Program.Calls.Select(Text));
    }

    private static string Text(Lowering.KernelStep step) => PlanWriter.Write(step.Call with { Nodes = [] });
}
