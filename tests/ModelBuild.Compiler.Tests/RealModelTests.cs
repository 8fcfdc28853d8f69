using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests;

/// <summary>Models that others trained: the generated class gives the outputs that ONNX Runtime gave, and the same bits as the compiler's own run.</summary>
public class RealModelTests
{
    // Relative to the range of the output: float arithmetic in another order. The absolute part is ONNX's own, for outputs such as one probability close to 0.
    private const double FloatTolerance = 1e-4;
    private const double AbsoluteTolerance = 1e-7;
    private const double HalfTolerance = 4e-3;

    public static TheoryData<string> FloatModels => Names("image-classify", "tiny-mlp", "rl-policy", "wakeword");

    /// <summary>Models of other kinds whose operators are all compiled.</summary>
    public static TheoryData<string> OtherModels =>
    [
        "oww_melspectrogram", "basic_pitch_nmp", "dtln_model_2", "blazeface_front128", "ultraface_rfb320", "sci_lowlight", "super_resolution", "zero_dce", "ppocr_cls", "ppocrv4_rec",
        "vespa_random_encoder", "vespa_transformer", "vespa_transformer_mlm", "mlnet_indicate_missing",
    ];

    public static TheoryData<string> QuantizedModels => Names("quantized");

    public static TheoryData<string> TrainedModels => ["mnist_mlp", "mnist_lenet_bn", "optdigits_cnn", "adult_mlp", "agnews_tiny_transformer"];

    [SkippableTheory]
    [MemberData(nameof(FloatModels))]
    public void A_float_model_gives_the_outputs_of_ONNX_Runtime(string name) => Check(RealModel.Require(name), (expected, _) => (FloatTolerance * Range(expected)) + AbsoluteTolerance);

    [SkippableTheory]
    [MemberData(nameof(OtherModels))]
    public void A_model_of_another_kind_gives_the_outputs_of_ONNX_Runtime(string name) => A_float_model_gives_the_outputs_of_ONNX_Runtime(name);

    [SkippableTheory]
    [MemberData(nameof(QuantizedModels))]
    public void A_quantized_model_is_at_most_one_step_away_from_ONNX_Runtime(string name) =>
        Check(RealModel.Require(name), (expected, model) => (OutputStep(model) ?? (Range(expected) / 255)) * 1.001);

    [SkippableTheory]
    [MemberData(nameof(TrainedModels))]
    public void A_trained_model_gives_the_outputs_of_ONNX_Runtime_at_every_batch_size(string name)
    {
        var trained = TrainedModel.Require(name);
        var (compiled, generated) = Compile(trained.ModelPath);
        var runner = new ProgramRunner(compiled.Program);
        var inputs = trained.TestInputs;
        var expected = trained.OrtOutputs(0);
        foreach (var batch in trained.DynamicBatch ? new[] { 1, 3, 64 } : [1])
        {
            var bytes = inputs.Slice(0, batch).Bytes.ToArray();
            var dims = compiled.Graph.Inputs[0].Type.Shape.Select((dim, axis) => axis == 0 ? batch : dim.Constant).ToArray();
            var own = runner.Run([new IR.Tensor((ElementType)(int)inputs.Type, dims, bytes)])[0];
            var emitted = generated.RunBytes([bytes])[0];
            emitted.ShouldBe(own.Bytes.ToArray(), $"batch {batch}");
            ShouldBeClose(emitted, expected.Slice(0, batch).Bytes.ToArray(), reference => FloatTolerance * Range(reference), $"batch {batch}");
        }
    }

    /// <summary>Kernels count on arithmetic that wraps around, which such a project must not take away from them.</summary>
    [SkippableTheory]
    [InlineData("agnews_tiny_transformer")]
    [InlineData("mnist_lenet_bn")]
    public void A_project_that_checks_for_overflow_gets_the_same_bits(string name)
    {
        var trained = TrainedModel.Require(name);
        var compiled = Compiling.Compile(Compiling.Read(trained.ModelPath), new CompileOptions());
        var (plan, weights) = compiled.ToPlan(Identity(new string('0', 64)));
        var inputs = trained.TestInputs.Slice(0, 1).Bytes.ToArray();

        var dims = compiled.Graph.Inputs[0].Type.Shape.Select((dim, axis) => axis == 0 ? 1 : dim.Constant).ToArray();
        var expected = new ProgramRunner(compiled.Program).Run([new IR.Tensor((ElementType)(int)trained.TestInputs.Type, dims, inputs)])[0];
        GeneratedModel.CompileChecked(plan, weights.ToArray()).RunBytes([inputs])[0].ShouldBe(expected.Bytes.ToArray());
    }

    private static TheoryData<string> Names(params string[] categories)
    {
        var names = RealModel.All.Where(model => categories.Contains(model.Category)).Select(model => model.Name).ToArray();
        return names.Length == 0 ? ["none"] : [.. names];
    }

    private static void Check(RealModel model, Func<float[], CompiledModel, double> tolerance)
    {
        var (compiled, generated) = Compile(model.ModelPath);
        var runner = new ProgramRunner(compiled.Program);
        foreach (var run in model.Runs)
        {
            var own = runner.Run([.. run.Inputs.Select(input => new IR.Tensor((ElementType)(int)input.Type, input.Shape, input.Bytes.ToArray()))]);
            var emitted = generated.RunBytes([.. run.Inputs.Select(input => input.Bytes.ToArray())], Sizes(compiled, [.. run.Inputs.Select(input => input.Shape)]));
            for (var i = 0; i < own.Count; i++)
            {
                emitted[i].ShouldBe(own[i].Bytes.ToArray(), $"run {run.Index}, output {i}: the generated class and the compiler's run");
                if (run.Outputs[i] is not { } expected)
                {
                    continue;
                }

                if (own[i].Type == ElementType.Float)
                {
                    ShouldBeClose(emitted[i], expected.Bytes.ToArray(), reference => tolerance(reference, compiled), $"run {run.Index}, output {i}");
                }
                else if (own[i].Type == ElementType.Float16)
                {
                    // ONNX Runtime rounds to 16 bits between the nodes, too.
                    ShouldBeClose(Widen(emitted[i]), Widen(expected.Bytes.ToArray()), reference => HalfTolerance * Range(reference), $"run {run.Index}, output {i}");
                }
                else
                {
                    emitted[i].ShouldBe(expected.Bytes.ToArray(), $"run {run.Index}, output {i}");
                }
            }
        }
    }

    // What the caller passes for the dimensions that no length determines.
    private static int[] Sizes(CompiledModel model, IReadOnlyList<IReadOnlyList<long>> shapes)
    {
        var inputs = model.Graph.Inputs;
        long Of(string symbol) => inputs.SelectMany((input, i) => input.Type.Shape.Select((dim, axis) => (dim, size: shapes[i][axis]))).First(pair => pair.dim.Equals(Dim.Symbol(symbol))).size;
        return [.. model.ToPlan(Identity("")).Plan.Symbols.Where(symbol => symbol.Input < 0).Select(symbol => (int)Of(symbol.Name))];
    }

    private static PlanIdentity Identity(string sha256) =>
        new(new string('0', 64), new ModelSource("model.onnx", sha256, "", ""), "TestedModel", "Tested", "tested.weights", 1);

    private static (CompiledModel Compiled, GeneratedModel Generated) Compile(string path)
    {
        var sink = new DiagnosticSink();
        var model = OnnxReader.Read(path, sink);
        var compiled = model is null ? null : ModelCompiler.Compile(model, new CompileOptions(), sink);
        sink.All.Where(problem => problem.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        var (plan, weights) = compiled!.ToPlan(Identity(model!.Sha256));
        return (compiled, GeneratedModel.Compile(PlanReader.Read(PlanWriter.Write(plan)), weights.ToArray()));
    }

    private static void ShouldBeClose(byte[] actual, byte[] expected, Func<float[], double> tolerance, string what)
    {
        var (left, right) = (MemoryMarshal.Cast<byte, float>(actual).ToArray(), MemoryMarshal.Cast<byte, float>(expected).ToArray());
        left.Length.ShouldBe(right.Length, what);
        right.Select(float.IsNaN).ShouldBe(left.Select(float.IsNaN), what);
        var worst = left.Zip(right).Select(pair => pair.First.Equals(pair.Second) ? 0 : (double)Math.Abs(pair.First - pair.Second)).DefaultIfEmpty(0).Max();
        worst.ShouldBeLessThanOrEqualTo(tolerance(right), string.Create(CultureInfo.InvariantCulture, $"{what}: worst difference {worst}"));
    }

    private static byte[] Widen(byte[] halves) => MemoryMarshal.AsBytes(MemoryMarshal.Cast<byte, Half>(halves).ToArray().Select(half => (float)half).ToArray().AsSpan()).ToArray();

    private static double Range(float[] values)
    {
        var numbers = values.Where(value => !float.IsNaN(value)).ToArray();
        return numbers.Length == 0 ? 0 : Math.Max(numbers.Max() - numbers.Min(), numbers.Max(Math.Abs));
    }

    // The step of the DequantizeLinear, if there is one, that makes the model's output.
    private static double? OutputStep(CompiledModel model) =>
        model.Graph.ProducerOf(model.Graph.Outputs[0].Value) is { } node && node.Is("DequantizeLinear") ? node.Inputs[1]!.Constant!.As<float>()[0] : null;
}
