using System.IO;
using System.Runtime.CompilerServices;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Generated;

/// <summary>
/// The whole files that real models become, as they were read and accepted. After a change that is right, <c>build/accept-snapshots.sh</c> accepts what these tests got.
/// </summary>
public class GeneratedFileTests
{
    private static readonly string Sample = Path.Combine(RepositoryRoot.Path, "sample-app", "Models");

    [Fact]
    public void A_convolutional_network_in_floats() => Match(Path.Combine(Sample, "digits.onnx"), "DigitsModel", new CompileOptions());

    [Fact]
    public void A_convolutional_network_in_bytes() => Match(
        Path.Combine(Sample, "digits.onnx"),
        "DigitsModel",
        new CompileOptions { Bits = Precision.Int8, Calibration = [Path.Combine(Sample, "calibration.npy")], Labels = Path.Combine(Sample, "calibration-labels.npy") });

    [Fact]
    public void A_network_of_any_batch_size() => Match(Path.Combine(RepositoryRoot.Path, "tests", "ModelBuild.Compiler.Tests", "Models", "optdigits.onnx"), "OptdigitsModel", new CompileOptions());

    [Fact]
    public void A_network_that_finds_its_ranges_as_it_runs() => Match(
        Path.Combine(Sample, "digits.onnx"), "DigitsModel", new CompileOptions { Bits = Precision.Int8 });

    private static void Match(string path, string className, CompileOptions options, [CallerMemberName] string method = "")
    {
        var sink = new DiagnosticSink();
        var model = OnnxReader.Read(path, sink).ShouldNotBeNull();
        var source = new ModelSource(Path.GetFileName(path), model.Sha256, $"{model.Opsets[string.Empty]}", "");
        var (plan, _) = Compiling.Compile(model, options).ToPlan(new PlanIdentity(new string('0', 64), source, className, "Sample", $"Sample.{className}.weights", 1));

        var run = GeneratorRun.Of([($"/obj/{className}.plan", PlanWriter.Write(plan))]);

        run.Diagnostics.ShouldBeEmpty();
        Snapshot.Match(run.File(className + ".g.cs"), method: method);
    }
}
