using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Compiler.Tests.Diagnostics;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Quantization;

/// <summary>Widths of single layers.</summary>
public class LayerBitsTests
{
    [Theory]
    [InlineData("8", 8, 8)]
    [InlineData("8;fc1=32", 32, 8)]
    [InlineData("8; fc2 = 32", 8, 32)]
    [InlineData("32;fc2=8", 32, 8)]
    [InlineData("8;fc*=32;fc2=8", 32, 8)]
    [InlineData("8;fc2=8;fc?=32", 32, 32)]
    [InlineData("16;fc1=8", 8, 16)]
    public void The_last_width_that_matches_counts(string bits, int first, int second)
    {
        var graph = Compiling.Compile(TinyModels.Mlp(), Read(bits)).Optimized;

        new[] { Width("fc1"), Width("fc2") }.ShouldBe([first, second]);

        int Width(string layer) =>
            8 * graph.Nodes.Where(node => node.Origins.Contains(layer)).SelectMany(node => node.Inputs).Single(input => input is { IsConstant: true, Type.Rank: 2 })!.Type.Element.SizeInBytes();
    }

    [Fact]
    public void A_layer_of_16_bits_is_rounded_and_its_neighbour_is_not()
    {
        var model = TinyModels.Mlp();
        var (whole, mixed) = (Compiling.Compile(model, new CompileOptions()), Compiling.Compile(model, Read("32;fc1=16")));

        Compiling.Weights(mixed).Length.ShouldBe(Compiling.Weights(whole).Length - (64 * 32 * 2));
        mixed.Optimized.Nodes.Where(node => node.Is("Cast")).Select(node => node.Inputs[0]!.Constant!.Dims).ShouldHaveSingleItem().ShouldBe([64, 32]);
    }

    [Fact]
    public void With_samples_the_layers_that_stay_float_stand_between_bytes()
    {
        using var folder = new CommandFolder();
        var samples = folder.Save("x.npy", TinyModels.Samples(640), 20, 32);
        var options = Read("8;fc1=32") with { Calibration = [samples] };
        var compiled = Compiling.Compile(TinyModels.Mlp(), options);
        var input = Tensor.Of<float>(TinyModels.Samples(32), 1, 32);

        compiled.Report.Layers.Select(layer => layer.Kernel.Split('.')[0]).ShouldBe(["DenseF32", "DenseInt8"]);
        compiled.Report.Qualities[0].ShouldBe(double.PositiveInfinity);
        compiled.Report.Summary().ShouldContain("32 bits in \"fc1\"");
        new ProgramRunner(compiled.Program).Run([input])[0].Length.ShouldBe(4);
    }

    [Fact]
    public void Every_unknown_layer_is_named()
    {
        var errors = Compiling.Errors(TinyModels.Mlp(), Read("8;fc3=32;relu1=32;fc1=32;x*=16"));

        errors.Length.ShouldBe(3);
        errors.ShouldAllBe(error => error.Contains("MB4009"));
    }

    [Fact]
    public void Widths_are_written_as_they_are_read() => Read("8; a = 32 ;/b=c/*=16").BitsText.ShouldBe("8;a=32;/b=c/*=16");

    // The logarithm of a quiet sound's energy shows every error of the filters that make it.
    [Fact]
    public void Filters_of_16_bits_save_a_mel_spectrogram()
    {
        var real = RealModel.Require("oww_melspectrogram");

        Error("8").ShouldBeGreaterThan(0.01);
        Error("8;Conv_*=16").ShouldBeLessThan(0.001);

        double Error(string bits)
        {
            var model = Compiling.Read(real.ModelPath);
            var (whole, narrow) = (Run(new CompileOptions()), Run(Read(bits)));
            var range = whole.Max() - whole.Min();
            return System.Math.Sqrt(whole.Zip(narrow, (a, b) => (double)(a - b) * (a - b)).Average()) / range;

            float[] Run(CompileOptions options)
            {
                var input = real.Runs.First().Inputs[0];
                return new ProgramRunner(Compiling.Compile(model, options).Program).Run([new Tensor(ElementType.Float, input.Shape, input.Bytes.ToArray())])[0].As<float>().ToArray();
            }
        }
    }

    private static CompileOptions Read(string bits)
    {
        var sink = new DiagnosticSink();
        var options = OptionReader.Read([("Bits", bits)], "tiny.onnx", sink);
        sink.All.ShouldBeEmpty();
        return options;
    }
}
