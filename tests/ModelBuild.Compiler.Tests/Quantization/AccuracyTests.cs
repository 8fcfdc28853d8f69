using System;
using System.Globalization;
using System.Linq;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace ModelBuild.Compiler.Tests.Quantization;

/// <summary>What 8 and 16 bits cost on labelled test sets that the calibration has not seen.</summary>
public class AccuracyTests(ITestOutputHelper output)
{
    private const double MostLoss = 0.005;

    public static TheoryData<string> Problems => ["mnist_mlp", "mnist_lenet_bn", "optdigits_cnn", "adult_mlp", "mlperf_resnet8"];

    [SkippableTheory]
    [MemberData(nameof(Problems))]
    public void Eight_bits_with_calibration_lose_at_most_half_a_point_and_three_quarters_of_the_weights(string name)
    {
        var problem = LabelledProblem.Require(name);
        Check(problem, new CompileOptions { Bits = Precision.Int8, Calibration = [problem.CalibrationPath] }, mostWeights: 0.36);
    }

    [SkippableTheory]
    [MemberData(nameof(Problems))]
    public void Eight_bits_without_calibration_lose_at_most_half_a_point_and_three_quarters_of_the_weights(string name) =>
        Check(LabelledProblem.Require(name), new CompileOptions { Bits = Precision.Int8 }, mostWeights: 0.36);

    [SkippableTheory]
    [MemberData(nameof(Problems))]
    public void Sixteen_bits_lose_nothing_that_counts_and_half_of_the_weights(string name) =>
        Check(LabelledProblem.Require(name), new CompileOptions { Bits = Precision.Float16 }, mostWeights: 0.6);

    [SkippableTheory]
    [InlineData("mnist_mlp")]
    [InlineData("optdigits_cnn")]
    public void Percentile_ranges_are_as_good(string name)
    {
        var problem = LabelledProblem.Require(name);
        Check(problem, new CompileOptions { Bits = Precision.Int8, Calibration = [problem.CalibrationPath], Ranges = RangeMethod.Percentile, Percentile = 99.99 }, mostWeights: 0.36);
    }

    [SkippableTheory]
    [MemberData(nameof(Problems))]
    public void ONNX_Runtime_runs_the_exported_model_as_well(string name)
    {
        OnnxRuntimeOracle.Require();
        var problem = LabelledProblem.Require(name);
        foreach (var options in new[] { new CompileOptions(), new CompileOptions { Bits = Precision.Float16 }, new CompileOptions { Bits = Precision.Int8 }, new CompileOptions { Bits = Precision.Int8, Calibration = [problem.CalibrationPath] } })
        {
            var compiled = problem.Compile(options);
            using var session = new OrtSession(Compiling.Export(compiled, problem.Read()));
            var dim = compiled.Graph.Inputs[0].Type[0];
            var accuracy = problem.Accuracy(dim.IsConstant ? 1 : 64, samples =>
            {
                var result = session.Run(new Testing.Tensor(Testing.TensorType.Float32, samples.Dims, samples.Bytes.ToArray()))[0];
                return new IR.Tensor(Plan.ElementType.Float, result.Shape, result.Bytes.ToArray());
            });
            var own = problem.Accuracy(compiled);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {options.Bits}{(options.Calibration.Count > 0 ? " static" : "")}: ONNX Runtime {accuracy:P2}, ours {own:P2}"));
            accuracy.ShouldBe(own, MostLoss);
        }
    }

    private void Check(LabelledProblem problem, CompileOptions options, double mostWeights)
    {
        var original = problem.Compile(new CompileOptions());
        var compressed = problem.Compile(options);
        var (before, after) = (problem.Accuracy(original), problem.Accuracy(compressed));
        var (large, small) = (Compiling.Weights(original).Length, Compiling.Weights(compressed).Length);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy {before:P2} -> {after:P2}, weights {large} -> {small} bytes"));
        foreach (var kernel in compressed.Program.Calls.GroupBy(step => step.Call.Kernel))
        {
            output.WriteLine($"  {kernel.Count()} x {kernel.Key}");
        }

        after.ShouldBeGreaterThanOrEqualTo(before - MostLoss);
        ((double)small / large).ShouldBeLessThan(mostWeights);
    }
}
