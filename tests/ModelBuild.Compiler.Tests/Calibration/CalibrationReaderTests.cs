using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Calibration;

/// <summary>The files of the option Calibration: what is accepted, and one failing case for each diagnostic.</summary>
public sealed class CalibrationReaderTests : IDisposable
{
    private readonly SampleFiles _files = new();

    private static readonly Graph Images = Model([("batch", 1, int.MaxValue)], ("x", ElementType.Float, ["batch", "3"]));
    private static readonly Graph One = Model([], ("x", ElementType.Float, ["1", "3"]));
    private static readonly Graph Two = Model([("n", 1, int.MaxValue)], ("ids", ElementType.Int64, ["n", "2"]), ("mask", ElementType.Float, ["n", "2"]));

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Samples_lie_along_the_first_axis_and_come_in_batches()
    {
        var samples = Read(Images, Save("a.npy", new float[15], 5, 3)).ShouldNotBeNull();

        samples.Count.ShouldBe(5);
        samples.Runs(2).Select(run => run.Inputs[0].TensorType.ToString()).ShouldBe(["f32[2,3]", "f32[2,3]", "f32[1,3]"]);
        samples.Runs(64, limit: 3).Select(run => run.Count).ShouldBe([3]);
    }

    [Fact]
    public void A_model_of_one_sample_a_run_gets_one_sample_a_run()
    {
        var samples = Read(One, Save("a.npy", [1f, 2, 3, 4, 5, 6], 2, 3)).ShouldNotBeNull();

        samples.Runs(32).Select(run => run.Inputs[0].As<float>().ToArray()).ShouldBe([[1f, 2, 3], [4f, 5, 6]]);
    }

    [Fact]
    public void An_axis_more_than_the_input_has_holds_whole_inputs()
    {
        var samples = Read(Images, Save("a.npy", new float[24], 2, 4, 3)).ShouldNotBeNull();

        samples.Runs(32).Select(run => run.Inputs[0].TensorType.ToString()).ShouldBe(["f32[4,3]", "f32[4,3]"]);
    }

    [Fact]
    public void Patterns_expand_in_ordinal_order_and_files_are_joined()
    {
        Save("s2.npy", [2f, 2, 2], 1, 3);
        Save("s10.npy", [10f, 10, 10], 1, 3);
        Directory.CreateDirectory(Path.Combine(_files.Folder, "inner"));
        Save(Path.Combine("inner", "s3.npy"), [3f, 3, 3], 1, 3);

        First("s*.npy").ShouldBe([10f, 2f]);
        First("s?.npy").ShouldBe([2f]);
        First("**/s*.npy").ShouldBe([3f, 10f, 2f]);
        First("*/s3.npy").ShouldBe([3f]);

        float[] First(string pattern) => [.. Read(Images, Path.Combine(_files.Folder, pattern))!.Runs(1).Select(run => run.Inputs[0].As<float>()[0])];
    }

    [Fact]
    public void Bytes_become_floats_and_small_integers_become_large_ones()
    {
        var bytes = Save("bytes.npy", new byte[] { 0, 128, 255 }, 1, 3);
        Read(Images, bytes)!.Runs(1).Single().Inputs[0].As<float>().ToArray().ShouldBe([0f, 128, 255]);

        var samples = Read(Two, "ids=" + Save("ids.npy", new[] { 1, -2 }, 1, 2), "mask=" + Save("mask.npy", new double[] { 0.5, 1 }, 1, 2)).ShouldNotBeNull();
        samples.Runs(1).Single().Inputs[0].ToInt64().ShouldBe([1L, -2]);
        samples.Runs(1).Single().Inputs[1].As<float>().ToArray().ShouldBe([0.5f, 1]);
    }

    [Fact]
    public void An_archive_has_an_array_for_each_input()
    {
        var path = Path.Combine(_files.Folder, "both.npz");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            archive.CreateEntryFromFile(Save("m.npy", [1f, 2], 1, 2), "mask.npy");
            archive.CreateEntryFromFile(Save("i.npy", new long[] { 7, 8 }, 1, 2), "ids.npy");
        }

        var run = Read(Two, path)!.Runs(1).Single();
        run.Inputs[0].ToInt64().ShouldBe([7L, 8]);
        run.Inputs[1].As<float>().ToArray().ShouldBe([1f, 2]);
    }

    [Fact]
    public void Labels_stand_beside_the_samples()
    {
        var options = new CompileOptions { Calibration = [Save("a.npy", new float[6], 2, 3)], Labels = Save("y.npy", new byte[] { 4, 9 }, 2) };
        CalibrationReader.Read(Images, options, "m.onnx", new DiagnosticSink())!.Labels.ShouldBe([4L, 9]);
    }

    [Fact]
    public void A_missing_file_is_MB3001() => Errors(Images, Path.Combine(_files.Folder, "none.npy")).ShouldContain("error MB3001: the calibration file");

    [Fact]
    public void A_pattern_without_files_is_MB3002() => Errors(Images, Path.Combine(_files.Folder, "*.npy")).ShouldContain("error MB3002: no file matches");

    [Fact]
    public void A_file_that_is_no_array_is_MB3003()
    {
        var path = Path.Combine(_files.Folder, "text.npy");
        File.WriteAllText(path, "not an array");
        Errors(Images, path).ShouldContain("error MB3003: the calibration file");
    }

    [Theory]
    [InlineData(new[] { 4 }, "found [4]")]
    [InlineData(new[] { 1, 4 }, "found [1,4]")]
    [InlineData(new[] { 1, 1, 1, 3 }, "found [1,1,1,3]")]
    public void A_wrong_shape_is_MB3004_and_says_both(int[] shape, string found)
    {
        var error = Errors(Images, Save("a.npy", new float[shape.Aggregate(1, (a, b) => a * b)], shape));
        error.ShouldContain("error MB3004:");
        error.ShouldContain("expected an array of [samples,3] or [samples,batch,3], " + found);
    }

    [Fact]
    public void A_value_that_the_type_does_not_have_is_MB3005()
    {
        Errors(Images, Save("a.npy", new[] { 0.5, 0.1, 0 }, 1, 3)).ShouldContain("error MB3005:");
        Errors(Two, "ids=" + Save("ids.npy", new[] { 1f, 1.5f }, 1, 2), "mask=" + Save("mask.npy", new float[2], 1, 2)).ShouldContain("holds f32, and its value 1.5 is not a value of type s64");
    }

    [Fact]
    public void A_name_of_no_input_is_MB3006()
    {
        Errors(Two, "tokens=" + Save("a.npy", new float[2], 1, 2)).ShouldContain("names input \"tokens\"; the model has the inputs \"ids\", \"mask\"");
        Errors(Two, Save("b.npy", new float[2], 1, 2)).ShouldContain("error MB3006:");
    }

    [Fact]
    public void An_input_without_samples_is_MB3007() =>
        Errors(Two, "ids=" + Save("a.npy", new long[2], 1, 2)).ShouldContain("error MB3007: there are no calibration samples for input \"mask\"");

    [Fact]
    public void Different_numbers_of_samples_are_MB3008() =>
        Errors(Two, "ids=" + Save("a.npy", new long[2], 1, 2), "mask=" + Save("b.npy", new float[4], 2, 2)).ShouldContain("\"ids\" has 1, \"mask\" has 2");

    [Fact]
    public void Values_that_are_not_finite_are_MB3009()
    {
        Errors(Images, Save("a.npy", [0, float.NaN, 0], 1, 3)).ShouldContain("error MB3009:");
        Errors(Images, Save("b.npy", [0, 0, float.NegativeInfinity], 1, 3)).ShouldContain("-Infinity at element 2");
    }

    [Fact]
    public void Too_few_samples_for_a_run_are_MB3010() =>
        Errors(Model([("batch", 4, 8)], ("x", ElementType.Float, ["batch", "3"])), Save("a.npy", new float[6], 2, 3)).ShouldContain("error MB3010:");

    [Fact]
    public void Labels_that_do_not_fit_are_MB3011()
    {
        var sample = Save("a.npy", new float[3], 1, 3);
        LabelErrors(Save("y.npy", new long[2], 2)).ShouldContain("there are 2 for 1 samples");
        LabelErrors(Save("z.npy", new[] { 0.5f }, 1)).ShouldContain("error MB3011:");
        LabelErrors(Path.Combine(_files.Folder, "none.npy")).ShouldContain("error MB3011:");

        string LabelErrors(string labels)
        {
            var sink = new DiagnosticSink();
            CalibrationReader.Read(Images, new CompileOptions { Calibration = [sample], Labels = labels }, "m.onnx", sink).ShouldBeNull();
            return sink.All.ShouldHaveSingleItem().ToString();
        }
    }

    [Fact]
    public void All_problems_are_reported_in_one_run()
    {
        var sink = new DiagnosticSink();
        CalibrationReader.Read(Images, new CompileOptions { Calibration = [Path.Combine(_files.Folder, "none.npy"), Save("a.npy", new float[2], 1, 2), Path.Combine(_files.Folder, "*.npz")] }, "m.onnx", sink).ShouldBeNull();
        sink.All.Select(problem => problem.Code).ShouldBe(["MB3001", "MB3004", "MB3002"]);
    }

    private static Graph Model((string Name, long Min, long Max)[] symbols, params (string Name, ElementType Type, string[] Shape)[] inputs)
    {
        var values = inputs.Select(input => Value.Of(input.Name, new TensorType(input.Type, [.. input.Shape.Select(DimParser.Parse)]))).ToArray();
        return new Graph("m", [.. symbols.Select(symbol => new DimSymbol(symbol.Name, symbol.Name, symbol.Min, symbol.Max))], values, [], []);
    }

    private static CalibrationSamples? Read(Graph graph, params string[] files)
    {
        var sink = new DiagnosticSink();
        var samples = CalibrationReader.Read(graph, new CompileOptions { Calibration = files }, "m.onnx", sink);
        sink.All.ShouldBeEmpty();
        return samples;
    }

    private static string Errors(Graph graph, params string[] files)
    {
        var sink = new DiagnosticSink();
        CalibrationReader.Read(graph, new CompileOptions { Calibration = files }, "m.onnx", sink).ShouldBeNull();
        return string.Join("\n", sink.All);
    }

    private string Save<T>(string name, T[] values, params int[] shape)
        where T : unmanaged => _files.Save(name, values, shape);
}
