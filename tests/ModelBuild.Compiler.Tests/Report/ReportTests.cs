using System;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Cli;
using ModelBuild.Compiler.Export;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Report;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Report;

public sealed class ReportTests : IDisposable
{
    private readonly SampleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_report_lists_layers_kernels_and_notes()
    {
        Snapshot.Match(Compile(new CompileOptions { Bits = Precision.Int8, Calibration = [Samples()], Labels = Labels(), Sparsity = 0.5 }), extension: "md");
    }

    [Fact]
    public void A_report_without_samples_says_that_they_were_generated() =>
        Compile(new CompileOptions { Bits = Precision.Int8 }).ShouldContain("| Samples | 16 generated: give Calibration for a measure of real accuracy |");

    [Fact]
    public void An_unchanged_model_has_a_short_report()
    {
        var report = Compile(new CompileOptions());
        report.ShouldContain("| Options | Bits=32 |");
        report.ShouldNotContain("SQNR of");
    }

    [Fact]
    public void The_header_of_the_class_says_what_was_done()
    {
        var report = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { Bits = Precision.Int8, Calibration = [Samples()], Labels = Labels() }).Report;

        report.Summary()[0].ShouldBe("8-bit weights per output, 8-bit activations with ranges from 40 samples");
        report.Summary()[1].ShouldStartWith("fc2: signal-to-noise ratio ");
        report.Summary()[2].ShouldStartWith("accuracy ");
        Compiling.Compile(TinyModels.Mlp(), new CompileOptions()).Report.Summary().ShouldBeEmpty();
    }

    [Fact]
    public void A_ratio_below_MinSqnr_is_MB3020() =>
        Compiling.Errors(TinyModels.Mlp(), new CompileOptions { Bits = Precision.Int8, Calibration = [Samples()], MinSqnr = 100 })
            .ShouldHaveSingleItem().ShouldContain("error MB3020: output \"fc2\" has a signal-to-noise ratio of ");

    [Fact]
    public void A_loss_above_MaxAccuracyDrop_is_MB3021()
    {
        // Labels that the original always gives, and a model whose first layer has lost all its weights.
        var samples = TinyModels.Waves(40, 32).Select(value => 20 * value).ToArray();
        var options = new CompileOptions { Calibration = [_files.Save("wide.npy", samples, 40, 32)], Labels = Answers(samples), SparsityThreshold = 10 };
        Compiling.Compile(TinyModels.Mlp(), options with { MaxAccuracyDrop = 100 });
        Compiling.Errors(TinyModels.Mlp(), options with { MaxAccuracyDrop = 1 }).ShouldHaveSingleItem().ShouldContain("error MB3021: accuracy falls from 100.0 % to ");
    }

    [Fact]
    public void An_option_that_finds_nothing_to_do_is_MB3030()
    {
        var model = new TinyModels().Node("Relu", "y", ["x"]).Model("y", 13, OnnxDimension.Of(1), OnnxDimension.Of(4));
        var sink = new DiagnosticSink();
        ModelCompiler.Compile(model, new CompileOptions { Bits = Precision.Int8, Sparsity = 0.5 }, sink).ShouldNotBeNull();
        sink.All.Select(problem => problem.ToString()).ShouldBe(
        [
            "tiny.onnx : warning MB3030: Bits=8 has no effect: the model has no layer with constant weights that it applies to. Remove the option.",
            "tiny.onnx : warning MB3030: Sparsity has no effect: the model has no layer with constant weights that it applies to. Remove the option.",
        ]);
    }

    [Fact]
    public void A_model_that_no_operator_set_can_say_is_MB3031()
    {
        // Up to version 6 the second operand could start at any axis of the first.
        var model = new TinyModels()
            .Node("Conv", "conv", ["x", "w"]).Weights("w", 4, 1, 1, 1)
            .Node("ReduceMean", "mean", ["conv"], OnnxAttribute.Of("axes", (long[])[0, 2, 3]), OnnxAttribute.Of("keepdims", 0L))
            .Node("Add", "y", ["conv", "mean"], OnnxAttribute.Of("broadcast", 1L), OnnxAttribute.Of("axis", 1L))
            .Model("y", 6, OnnxDimension.Of(1), OnnxDimension.Of(1), OnnxDimension.Of(4), OnnxDimension.Of(4));
        var samples = _files.Save("x.npy", TinyModels.Samples(32), 2, 1, 4, 4);
        var compiled = Compiling.Compile(model, new CompileOptions { Bits = Precision.Int8, Calibration = [samples] });

        Should.Throw<ExportException>(() => OnnxExporter.Export(compiled, model)).Message.ShouldBe("node \"y\" (Add) of operator set 6 has no equal form in operator set 18");
    }

    [Theory]
    [InlineData("32", false)]
    [InlineData("16", true)]
    public void A_model_without_a_form_in_onnx_is_written_as_it_was_unless_it_was_compressed(string bits, bool isCompressed)
    {
        // Which tensor of a sequence is taken, only a run shows.
        var path = Path.Combine(_files.Folder, "sequence.onnx");
        using (var stream = File.Create(path))
        {
            OnnxWriter.Write(
                new TinyModels().Node("SplitToSequence", "pieces", ["x"])
                    .Node("ReduceMax", "largest", ["x"], OnnxAttribute.Of("keepdims", 0L)).Node("Sub", "zero", ["largest", "largest"])
                    .Node("Cast", "position", ["zero"], OnnxAttribute.Of("to", 7L)).Node("SequenceAt", "piece", ["pieces", "position"])
                    .Node("MatMul", "y", ["piece", "w"]).Weights("w", 16, 32).Model("y", 14, OnnxDimension.Of(3), OnnxDimension.Of(1), OnnxDimension.Of(16)),
                stream);
        }

        var (output, error) = (new StringWriter(), new StringWriter());
        CommandLine.Run(["compile", path, "--out", _files.Folder, "--bits", bits], output, error).ShouldBe(0, error.ToString());

        error.ToString().Contains("MB3031", StringComparison.Ordinal).ShouldBe(isCompressed, error.ToString());
        File.Exists(Path.Combine(_files.Folder, "sequence.optimized.onnx")).ShouldBe(!isCompressed);
        File.Exists(Path.Combine(_files.Folder, "sequence.plan")).ShouldBeTrue();
    }

    [Fact]
    public void The_command_line_writes_all_files()
    {
        var model = Path.Combine(_files.Folder, "tiny.onnx");
        using (var stream = File.Create(model))
        {
            OnnxWriter.Write(TinyModels.Mlp(), stream);
        }

        var (output, error) = (new StringWriter(), new StringWriter());
        CommandLine.Run(["compile", model, "--out", _files.Folder, "--bits", "8", "--calibration", Samples()], output, error).ShouldBe(0, error.ToString());
        foreach (var extension in new[] { ".plan", ".weights", ".report.md", ".optimized.onnx" })
        {
            new FileInfo(Path.Combine(_files.Folder, "tiny" + extension)).Length.ShouldBeGreaterThan(0, extension);
        }

        CommandLine.Run(["compile", model, "--out", _files.Folder, "--bits", "8", "--calibration", Samples()], output, error).ShouldBe(0);
        output.ToString().ShouldContain("tiny: up to date");
    }

    private static string Compile(CompileOptions options)
    {
        var compiled = Compiling.Compile(TinyModels.Mlp(), options);
        var plan = compiled.ToPlan(new Lowering.PlanIdentity(new string('0', 64), new Plan.ModelSource("tiny.onnx", new string('0', 64), "13", ""), "TinyModel", "", "", 1)).Plan;
        return ReportText.Write(compiled.Report, plan, modelBytes: 12345);
    }

    private string Samples() => _files.Save("x.npy", TinyModels.Waves(40, 32), 40, 32);

    private string Labels() => _files.Save("y.npy", Enumerable.Range(0, 40).Select(i => i % 4).ToArray(), 40);

    private string Answers(float[] samples)
    {
        var compiled = Compiling.Compile(TinyModels.Mlp(), new CompileOptions());
        var scores = new Execution.ProgramRunner(compiled.Program).Run([IR.Tensor.Of<float>(samples, samples.Length / 32, 32)])[0].As<float>().ToArray();
        var classes = scores.Chunk(4).Select(row => Array.IndexOf(row, row.Max())).ToArray();
        classes.Distinct().Count().ShouldBeGreaterThan(1);
        return _files.Save("own.npy", classes, classes.Length);
    }
}
