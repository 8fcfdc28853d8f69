using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Export;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Compression;

/// <summary>A labelled problem: a model and samples that it is tested on.</summary>
internal sealed record LabelledProblem(string ModelPath, string CalibrationPath, string CalibrationLabelsPath, string TestPath, string TestLabelsPath)
{
    /// <summary>A model of the catalogue of trained models, or the CIFAR-10 network of MLPerf Tiny.</summary>
    public static LabelledProblem Require(string name)
    {
        if (name == "mlperf_resnet8")
        {
            var model = RealModel.Require(name);
            return new LabelledProblem(
                model.ModelPath,
                TestData.Require("datasets", "cifar10_calib", "images.npy"),
                TestData.Require("datasets", "cifar10_calib", "labels.npy"),
                TestData.Require("datasets", "cifar10", "images.npy"),
                TestData.Require("datasets", "cifar10", "labels.npy"));
        }

        var trained = TrainedModel.Require(name);
        string Of(string file) => Path.Combine(trained.Directory, file);
        return new LabelledProblem(trained.ModelPath, Of("x_calib.npy"), Of("y_calib.npy"), Of("x_test.npy"), Of("y_test.npy"));
    }

    public OnnxModel Read() => Compiling.Read(ModelPath);

    public CompiledModel Compile(CompileOptions options) => Compiling.Compile(Read(), options);

    /// <summary>The share of the test samples whose largest output is their label.</summary>
    public double Accuracy(CompiledModel compiled)
    {
        var (samples, labels) = Samples();
        var runner = new ProgramRunner(compiled.Program);
        var hits = 0;
        foreach (var (inputs, first) in Batches(compiled, samples))
        {
            hits += Compiling.Hits(runner.Run([inputs])[0], labels, first, (int)inputs.Dims[0]);
        }

        return (double)hits / labels.Length;
    }

    /// <summary>The same of any engine that takes one input and gives one output.</summary>
    public double Accuracy(int batch, Func<Tensor, Tensor> run)
    {
        var (samples, labels) = Samples();
        var hits = 0;
        for (var first = 0; first + batch <= labels.Length; first += batch)
        {
            hits += Compiling.Hits(run(Compiling.Slice(samples, first, batch)), labels, first, batch);
        }

        return (double)hits / (labels.Length / batch * batch);
    }

    private (Tensor Samples, long[] Labels) Samples()
    {
        var samples = Compiler.Calibration.LosslessConversion.Convert(NpyTensors.Read(TestPath), ElementType.Float, out _).ShouldNotBeNull();
        return (samples, NpyTensors.Read(TestLabelsPath).ToInt64());
    }

    private static IEnumerable<(Tensor Inputs, int First)> Batches(CompiledModel compiled, Tensor samples)
    {
        var dim = compiled.Graph.Inputs[0].Type[0];
        var batch = dim.IsConstant ? (int)dim.Constant : 64;
        for (var first = 0; first < samples.Dims[0]; first += batch)
        {
            yield return (Compiling.Slice(samples, first, (int)Math.Min(batch, samples.Dims[0] - first)), first);
        }
    }
}

/// <summary>Compiles in memory, and fails with all diagnostics where that fails.</summary>
internal static class Compiling
{
    public static OnnxModel Read(string path)
    {
        var sink = new DiagnosticSink();
        return OnnxReader.Read(path, sink).ShouldNotBeNull();
    }

    public static CompiledModel Compile(OnnxModel model, CompileOptions options)
    {
        var sink = new DiagnosticSink();
        var compiled = ModelCompiler.Compile(model, options, sink);
        sink.All.Where(problem => problem.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        return compiled.ShouldNotBeNull();
    }

    /// <summary>The diagnostics of a compilation that must fail.</summary>
    public static string[] Errors(OnnxModel model, CompileOptions options)
    {
        var sink = new DiagnosticSink();
        ModelCompiler.Compile(model, options, sink).ShouldBeNull();
        return [.. sink.All.Select(problem => problem.ToString())];
    }

    /// <summary>What stands in the weights file.</summary>
    public static byte[] Weights(CompiledModel compiled) =>
        compiled.ToPlan(new PlanIdentity(new string('0', 64), new ModelSource("model.onnx", new string('0', 64), "", ""), "TestedModel", "Tested", "tested.weights", 1)).Weights.ToArray();

    public static byte[] Export(CompiledModel compiled, OnnxModel source)
    {
        var stream = new MemoryStream();
        OnnxWriter.Write(OnnxExporter.Export(compiled, source), stream);
        return stream.ToArray();
    }

    public static Tensor Slice(Tensor samples, int first, int count)
    {
        var bytes = samples.Bytes.Length / (int)samples.Dims[0];
        return new Tensor(samples.Type, [count, .. samples.Dims.Skip(1)], samples.Bytes.Slice(first * bytes, count * bytes).ToArray());
    }

    public static int Hits(Tensor scores, long[] labels, int first, int count)
    {
        var values = scores.As<float>();
        var classes = values.Length / count;
        var hits = 0;
        for (var i = 0; i < count; i++)
        {
            var row = values.Slice(i * classes, classes).ToArray();
            hits += Array.IndexOf(row, row.Max()) == labels[first + i] ? 1 : 0;
        }

        return hits;
    }
}
