using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Export;

/// <summary>Nodes of old operator sets, written in a set that has another form for them: they compute the same.</summary>
public class OldFormsTests
{
    private static readonly Dictionary<string, (long Opset, Func<TinyModels, TinyModels> Add)> Models = new()
    {
        ["Add from an axis on"] = (6, model => model.Weights("w", 4).Node("Add", "y", ["x", "w"], Int("axis", 1), Int("broadcast", 1))),
        ["BatchNormalization"] = (6, model => model.Weights("s", 4).Weights("b", 4).Weights("m", 4).Ones("v", 4)
            .Node("BatchNormalization", "y", ["x", "s", "b", "m", "v"], Int("is_test", 1), Int("spatial", 1))),
        ["Clip"] = (9, model => model.Node("Clip", "y", ["x"], OnnxAttribute.Of("min", -0.5f), OnnxAttribute.Of("max", 0.25f))),
        ["Clip without a minimum"] = (6, model => model.Node("Clip", "y", ["x"], OnnxAttribute.Of("max", 0.25f))),
        ["Concat without an axis"] = (3, model => model.Node("Concat", "y", ["x", "x"])),
        ["Dropout"] = (9, model => model.Node("Dropout", "y", ["x"], OnnxAttribute.Of("ratio", 0.5f))),
        ["Gemm without a bias"] = (9, model => model.Weights("w", 60, 5).Node("Flatten", "f", ["x"]).Node("MatMul", "y", ["f", "w"])),
        ["Greater from an axis on"] = (6, model => model.Weights("w", 4).Node("Greater", "g", ["x", "w"], Int("axis", 1), Int("broadcast", 1)).Node("Cast", "y", ["g"], Int("to", 1))),
        ["GroupNormalization"] = (18, model => model.Weights("s", 2).Weights("b", 2).Node("GroupNormalization", "y", ["x", "s", "b"], Int("num_groups", 2))),
        ["Hardmax"] = (11, model => model.Node("Hardmax", "y", ["x"], Int("axis", 2))),
        ["LogSoftmax over two axes"] = (9, model => model.Node("LogSoftmax", "y", ["x"], Int("axis", 2))),
        ["Pad"] = (9, model => model.Node("Pad", "y", ["x"], Ints("pads", 0, 0, 1, 0, 0, 0, 0, 2), OnnxAttribute.Of("value", 0.5f))),
        ["ReduceMean"] = (11, model => model.Node("ReduceMean", "y", ["x"], Ints("axes", 2, 3), Int("keepdims", 0))),
        ["ReduceSum"] = (11, model => model.Node("ReduceSum", "y", ["x"], Ints("axes", 1))),
        ["ReduceSum of everything"] = (11, model => model.Node("ReduceSum", "y", ["x"])),
        ["Reshape"] = (4, model => model.Node("Reshape", "y", ["x"], Ints("shape", 2, -1))),
        ["Scatter"] = (9, model => model.Indices("i", [0, 1], 1, 1, 1, 2).Weights("u", 1, 1, 1, 2).Node("Scatter", "y", ["x", "i", "u"], Int("axis", 3))),
        ["Selu"] = (5, model => model.Node("Selu", "y", ["x"])),
        ["Slice"] = (9, model => model.Node("Slice", "y", ["x"], Ints("starts", 1, -3), Ints("ends", 3, 100), Ints("axes", 1, 3))),
        ["Slice without axes"] = (7, model => model.Node("Slice", "y", ["x"], Ints("starts", 0, 2), Ints("ends", 1, 4))),
        ["Softmax over all axes"] = (11, model => model.Node("Softmax", "y", ["x"])),
        ["Split"] = (11, model => model.Node("Split", "y", ["x"], Int("axis", 1), Ints("split", 4))),
        ["Squeeze"] = (11, model => model.Node("Squeeze", "y", ["x"], Ints("axes", 0))),
        ["Squeeze without axes"] = (11, model => model.Node("Squeeze", "y", ["x"])),
        ["TopK"] = (9, model => model.Node("TopK", ["y", "indices"], ["x"], Int("axis", 3), Int("k", 2))),
        ["Unsqueeze"] = (7, model => model.Node("Unsqueeze", "y", ["x"], Ints("axes", 0, 5))),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void An_old_form_and_the_form_that_is_written_compute_the_same(string name)
    {
        // A node whose form changed late raises the operator set of the whole model.
        var (opset, add) = Models[name];
        var model = add(new TinyModels()).Node("Unsqueeze", "out", ["y"], Ints("axes", 0));
        if (opset >= 13)
        {
            model = add(new TinyModels()).Weights("late", 2).Node("Gelu", "out", ["y"]);
        }

        var source = model.Model("out", opset >= 13 ? opset + 2 : opset, OnnxDimension.Of(1), OnnxDimension.Of(4), OnnxDimension.Of(3), OnnxDimension.Of(5));
        var compiled = Compiling.Compile(source, new CompileOptions());
        var written = Compiling.Export(compiled, source);
        var sink = new DiagnosticSink();
        var again = OnnxReader.Read(written, "exported.onnx", sink).ShouldNotBeNull();
        sink.All.ShouldBeEmpty();
        again.Opsets[string.Empty].ShouldBeGreaterThanOrEqualTo(13);

        var values = TinyModels.Samples(60);
        Tensor input = Tensor.Of<float>(values, 1, 4, 3, 5);
        var own = new ProgramRunner(compiled.Program).Run([input])[0];
        new ProgramRunner(Compiling.Compile(again, new CompileOptions()).Program).Run([input])[0].Bytes.ToArray().ShouldBe(own.Bytes.ToArray());

        OnnxRuntimeOracle.Require();
        using var session = new OrtSession(written, new OrtSessionOptions { Optimization = OrtOptimizationLevel.None });
        var expected = session.Run(Testing.Tensor.Create<float>(values, 1, 4, 3, 5))[0];
        expected.Shape.ShouldBe(own.Dims);
        own.As<float>().ToArray().Zip(expected.Values<float>().ToArray(), (x, y) => Math.Abs(x - y)).Max().ShouldBeLessThan(1e-5f);
    }

    private static OnnxAttribute Int(string name, long value) => OnnxAttribute.Of(name, value);

    private static OnnxAttribute Ints(string name, params long[] values) => OnnxAttribute.Of(name, values);
}
