using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using ModelBuild.Testing;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Xunit;
using Xunit.Abstractions;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Export;

/// <summary>
/// Every model that we have and can compile, exported and read again: our own compiler gives the same bits as without the detour, and ONNX Runtime, which takes nothing
/// from us, the same numbers. Its optimizations are off: every operator then does what ONNX says.
/// </summary>
public sealed class ExportedModelTests(ITestOutputHelper output) : IDisposable
{
    // Relative to the range of the output: float arithmetic in another order.
    private const double FloatTolerance = 1e-4;

    // One step of an 8-bit number, in the root of the mean square: a sum that falls between two numbers is rounded to the one or the other, and in a deep network such a
    // step somewhere inside may become more than one step of a single output.
    private const double QuantizedTolerance = 1.0 / 255;

    // A deep network makes little steps large, those of its quantization as those of sums that fall between two numbers. Two roundings that had nothing in common would
    // differ by the root of 2 times what quantization changes; these have most in common.
    private const double ShareOfNoise = 0.75;

    // Outputs of a model in half precision may be rounded to either neighbour.
    private const double HalfTolerance = 1e-3;

    private const double AbsoluteTolerance = 1e-7;

    // Ranges of every call: another set of operators, tried on these alone, since the others take long; and weights as 16-bit floats, tried on the same. The names are those of
    // models with recurrent layers, graphs within nodes and classifiers.
    private static readonly string[] AlsoDynamic =
    [
        "image-classify", "tiny-mlp", "rl-policy", "wakeword", "mlnet_breastcancer_lr", "tract_linear_classifier", "skl_lr_mnist", "byte_sb_bidi_lstm", "silero_vad_16k_op15",
        "dtln_model_1", "bike_lstm_forecast", "fsdd_gru",
    ];

    private readonly SampleFiles _files = new();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (name, category) in RealModel.All.Select(model => (model.Name, model.Category)).Concat(TrainedModel.All.Select(model => (model.Name, "trained"))).DefaultIfEmpty(("none", "")))
            {
                cases.Add(name, "32");
                cases.Add(name, "8");
                if (AlsoDynamic.Contains(category) || AlsoDynamic.Contains(name))
                {
                    cases.Add(name, "8 dynamic");
                    cases.Add(name, "16");
                }
            }

            return cases;
        }
    }

    public void Dispose() => _files.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void A_model_is_exported_as_it_is_compiled(string name, string bits)
    {
        OnnxRuntimeOracle.Require();
        var (path, inputs) = Find(name);
        Skip.If(bits == "8" && inputs.Any(input => !CanCalibrate(input.Value)), "no range can be taken from strings and from values that are not finite");
        var options = new CompileOptions
        {
            Bits = bits[0] == '8' ? Precision.Int8 : bits == "16" ? Precision.Float16 : Precision.Float32,
            Calibration = bits == "8" ? [.. inputs.Select((input, i) => $"{input.Name}={Save($"in{i}.npy", input.Value)}")] : [],
        };
        var sink = new DiagnosticSink();
        var model = OnnxReader.Read(path, sink);
        var compiled = model is null ? null : ModelCompiler.Compile(model, options, sink);
        if (compiled is null)
        {
            ShouldSayWhatIsNotSupported(sink, path);
            return;
        }

        var written = Compiling.Export(compiled, model!);
        var reading = new DiagnosticSink();
        var again = OnnxReader.Read(written, "exported.onnx", reading);
        reading.All.ShouldBeEmpty();

        Tensor[] values = [.. inputs.Select(input => Own(input.Value))];
        var own = new ProgramRunner(compiled.Program).Run(values);
        var floats = bits[0] == '8' ? new ProgramRunner(Compiling.Compile(model!, new CompileOptions()).Program).Run(values) : own;
        var detour = new ProgramRunner(Compiling.Compile(again.ShouldNotBeNull(), new CompileOptions()).Program).Run(values);
        using var session = new OrtSession(OnnxRuntimeOracle.SaturatesInIntegerOperators ? UnsignedWeights.Write(again) : written, new OrtSessionOptions { Optimization = OrtOptimizationLevel.None });
        var expected = session.Run([.. inputs.Select(input => input.Value)]);
        var isOtherConvolution = again.Graph.Nodes.Any(node => node.OpType == "ConvInteger" && again.Graph.Initializers.Any(weights => weights.Name == node.Inputs[1] && weights.Dims.Count != 4));
        for (var i = 0; i < own.Count; i++)
        {
            // An integer convolution over one axis becomes one of 32-bit integers when it is read, and what is around it stays apart.
            (isOtherConvolution || AreSame(detour[i], own[i])).ShouldBeTrue($"output {i}: our compiler gives other bits for the exported model");
            Compare(expected[i], own[i], floats[i], bits[0] == '8', $"operator set {again.Opsets[string.Empty]}, output {i}");
        }
    }

    // A model that is not compiled yet has nothing to export, but errors that say why: operators, types and sizes by their nodes and values.
    private void ShouldSayWhatIsNotSupported(DiagnosticSink sink, string path)
    {
        var errors = sink.All.Where(problem => problem.Severity == DiagnosticSeverity.Error).Select(problem => problem.ToString()).ToArray();
        errors.ShouldNotBeEmpty();
        foreach (var error in errors)
        {
            error.ShouldStartWith($"{path} : error MB2");
            (error.Contains(": node ", StringComparison.Ordinal) || error.Contains(": input ", StringComparison.Ordinal)).ShouldBeTrue(error);
            output.WriteLine(error);
        }
    }

    private void Compare(Testing.Tensor expected, Tensor actual, Tensor floats, bool isQuantized, string what)
    {
        expected.Shape.ShouldBe(actual.Dims, what);
        var isHalf = actual.Type == ElementType.Float16;
        if (actual.Type != ElementType.Float && !isHalf)
        {
            AreSame(Own(expected), actual).ShouldBeTrue(what);
            return;
        }

        var (right, left) = isHalf
            ? (expected.Values<Half>().ToArray().Select(value => (float)value).ToArray(), HalfWeights.Widen(actual).As<float>().ToArray())
            : (expected.Values<float>().ToArray(), actual.As<float>().ToArray());
        var differences = left.Zip(right, (x, y) => x.Equals(y) ? 0 : (double)Math.Abs(x - y)).DefaultIfEmpty(0).ToArray();
        var finite = right.Where(float.IsFinite).DefaultIfEmpty(0).ToArray();
        var range = Math.Max(finite.Max() - finite.Min(), finite.Max(Math.Abs));
        var (worst, mean) = (differences.Max(), Math.Sqrt(differences.Average(difference => difference * difference)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {worst / range:G3} of the range at worst, {mean / range:G3} in the root of the mean square"));
        if (isQuantized)
        {
            var noise = isHalf ? 0 : Math.Sqrt(left.Zip(floats.As<float>().ToArray(), (x, y) => x.Equals(y) ? 0 : (double)(x - y) * (x - y)).DefaultIfEmpty(0).Average());
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: quantization changes {noise / range:G3} of the range"));
            mean.ShouldBeLessThanOrEqualTo(Math.Max(QuantizedTolerance * range, ShareOfNoise * noise) + AbsoluteTolerance, what);
            return;
        }

        worst.ShouldBeLessThanOrEqualTo(((isHalf ? HalfTolerance : FloatTolerance) * range) + AbsoluteTolerance, what);
    }

    private static (string Path, IReadOnlyList<(string Name, Testing.Tensor Value)> Inputs) Find(string name)
    {
        if (TrainedModel.All.Any(model => model.Name == name))
        {
            var trained = TrainedModel.Require(name);
            return (trained.ModelPath, [(trained.Inputs[0].Name, trained.TestInputs.Slice(0, trained.DynamicBatch ? 4 : 1))]);
        }

        var real = RealModel.Require(name);
        return (real.ModelPath, [.. real.Inputs.Zip(real.Runs.First().Inputs, (input, value) => (input.Name, value))]);
    }

    // The value as one whole sample.
    private string Save(string file, Testing.Tensor tensor)
    {
        var path = Path.Combine(_files.Folder, file);
        NpyTensors.Write(path, Own(new Testing.Tensor(tensor.Type, [1, .. tensor.Shape], tensor.Bytes.ToArray())));
        return path;
    }

    private static bool CanCalibrate(Testing.Tensor tensor) =>
        tensor.Type != TensorType.String && (tensor.Type != TensorType.Float32 || tensor.Values<float>().ToArray().All(float.IsFinite));

    private static Tensor Own(Testing.Tensor tensor) =>
        tensor.Type == TensorType.String ? Tensor.Of([.. tensor.Strings], tensor.Shape) : new((ElementType)(int)tensor.Type, tensor.Shape, tensor.Bytes.ToArray());

    private static bool AreSame(Tensor a, Tensor b) => a.Type == ElementType.String ? a.Strings.SequenceEqual(b.Strings) : a.Bytes.SequenceEqual(b.Bytes);
}
