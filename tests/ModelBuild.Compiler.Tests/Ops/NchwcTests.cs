using System;
using System.IO;
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

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Models that ONNX Runtime has saved for this processor.</summary>
public class NchwcTests
{
    private static readonly OnnxAttribute Around = OnnxAttribute.Of("pads", (long[])[1, 1, 1, 1]);
    private static readonly OnnxAttribute[] Twos = [OnnxAttribute.Of("kernel_shape", (long[])[2, 2]), OnnxAttribute.Of("strides", (long[])[2, 2])];

    [SkippableFact]
    public void Blocks_of_channels_are_taken_apart() => ShouldAgree(new TinyModels()
        .Node("Conv", "a", ["x", "a.w", "a.b"], Around).Weights("a.w", 24, 3, 3, 3).Weights("a.b", 24)
        .Node("Relu", "ar", ["a"])
        .Node("MaxPool", "p", ["ar"], Twos)
        .Node("Conv", "d", ["p", "d.w"], Around, OnnxAttribute.Of("group", 24L)).Weights("d.w", 24, 1, 3, 3)
        .Node("Conv", "b", ["d", "b.w", "b.b"], Around).Weights("b.w", 24, 24, 3, 3).Weights("b.b", 24)
        .Node("Add", "s", ["b", "p"])
        .Node("Relu", "sr", ["s"])
        .Node("Concat", "c", ["sr", "p"], OnnxAttribute.Of("axis", 1L))
        .Node("AveragePool", "m", ["sr"], [.. Twos, OnnxAttribute.Of("count_include_pad", 1L), Around])
        .Node("Conv", "e", ["m", "e.w"]).Weights("e.w", 20, 24, 1, 1)
        .Node("GlobalAveragePool", "y", ["e"])
        .Model("y", 13, OnnxDimension.Of("n"), OnnxDimension.Of(3), OnnxDimension.Of(12), OnnxDimension.Of(10)), 2, 3, 12, 10);

    [SkippableFact]
    public void Blocks_of_channels_are_enlarged() => ShouldAgree(new TinyModels()
        .Node("Conv", "a", ["x", "a.w", "a.b"], Around).Weights("a.w", 40, 24, 3, 3).Weights("a.b", 40)
        .Ones("scales", 4)
        .Node("Upsample", "u", ["a"], OnnxAttribute.Of("scales", (float[])[1, 1, 2, 3]))
        .Node("Conv", "y", ["u", "b.w"]).Weights("b.w", 5, 40, 1, 1)
        .Model("y", 8, OnnxDimension.Of(1), OnnxDimension.Of(24), OnnxDimension.Of(6), OnnxDimension.Of(7)), 1, 24, 6, 7);

    [SkippableFact]
    public void Blocks_that_nothing_shows_the_size_of_are_refused()
    {
        var model = new TinyModels().Node("Conv", "y", ["x", "w"]).Weights("w", 32, 16, 3, 3).Model("y", 13, OnnxDimension.Of(1), OnnxDimension.Of(16), OnnxDimension.Of(6), OnnxDimension.Of(7));
        Saved(model, (saved, _) =>
        {
            Skip.IfNot(saved.Graph.Nodes.Any(node => node.Domain == "com.microsoft.nchwc"), "ONNX Runtime has no blocks on this processor");
            var sink = new DiagnosticSink();
            ModelCompiler.Compile(saved, new CompileOptions(), sink).ShouldBeNull();
            sink.All.ShouldContain(problem => problem.Code == "MB2005" && problem.Message.Contains("of how many channels", StringComparison.Ordinal));
        });
    }

    private static void ShouldAgree(OnnxModel model, params long[] dims) => Saved(model, (saved, session) =>
    {
        Skip.IfNot(saved.Graph.Nodes.Any(node => node.Domain == "com.microsoft.nchwc"), "ONNX Runtime has no blocks on this processor");
        var x = TinyModels.Samples((int)dims.Aggregate(1L, (a, b) => a * b), 3);
        var expected = session.Run([Testing.Tensor.Create<float>(x, dims)])[0];
        var actual = new ProgramRunner(Compiling.Compile(saved, new CompileOptions()).Program).Run([Tensor.Of<float>(x, dims)])[0];
        actual.Dims.ShouldBe(expected.Shape);
        actual.As<float>().ToArray().ShouldBe(expected.Values<float>().ToArray(), 1e-3);
    });

    private static void Saved(OnnxModel model, Action<OnnxModel, OrtSession> act)
    {
        OnnxRuntimeOracle.Require();
        var stream = new MemoryStream();
        OnnxWriter.Write(model, stream);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            using var session = new OrtSession(stream.ToArray(), new OrtSessionOptions { SaveTo = path });
            var sink = new DiagnosticSink();
            act(OnnxReader.Read(path, sink) ?? throw new InvalidOperationException(sink.All[0].Message), session);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
