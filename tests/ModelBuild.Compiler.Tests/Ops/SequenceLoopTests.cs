using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>A loop whose state is a sequence gives what ONNX Runtime gives.</summary>
public class SequenceLoopTests
{
    [SkippableTheory]
    [InlineData(0, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void A_sequence_grows_in_a_loop(long rounds, bool isInFront)
    {
        // Each round puts x, times its number, and as many rows of x as its number says, to the sequence.
        OnnxNode Node(string op, string output, string[] inputs, params OnnxAttribute[] attributes) => new() { Name = output, OpType = op, Inputs = inputs, Outputs = [output], Attributes = attributes };
        OnnxValueInfo Info(string name, OnnxType type) => new() { Name = name, Type = type };
        var floats = new OnnxTensorType(OnnxElementType.Float, [default, OnnxDimension.Of(3)]);
        var sequence = new OnnxSequenceType(new OnnxTensorType(OnnxElementType.Float, null));
        var body = new OnnxGraph
        {
            Name = "body",
            Inputs = [Info("i", new OnnxTensorType(OnnxElementType.Int64, [])), Info("goes", new OnnxTensorType(OnnxElementType.Bool, [])), Info("all", sequence)],
            Outputs = [Info("goes_on", new OnnxTensorType(OnnxElementType.Bool, [])), Info("more", sequence)],
            Nodes =
            [
                Node("Identity", "goes_on", ["goes"]), Node("Cast", "factor", ["i"], OnnxAttribute.Of("to", 1L)), Node("Mul", "scaled", ["x", "factor"]),
                Node("Unsqueeze", "end", ["i", "front"]), Node("Slice", "rows", ["scaled", "front", "end", "front"]),
                Node("SequenceInsert", "more", isInFront ? ["all", "rows", "zero"] : ["all", "rows"]),
            ],
        };
        OnnxTensor Integers(string name, long[] dims) => new() { Name = name, ElementType = OnnxElementType.Int64, Dims = dims, Data = new byte[8] };
        var model = new OnnxModel
        {
            IrVersion = 8,
            Opsets = new Dictionary<string, long> { [string.Empty] = 17 },
            FileName = "loop.onnx",
            Graph = new OnnxGraph
            {
                Name = "loop",
                Inputs = [Info("x", new OnnxTensorType(OnnxElementType.Float, [OnnxDimension.Of(5), OnnxDimension.Of(3)])), Info("rounds", new OnnxTensorType(OnnxElementType.Int64, []))],
                Outputs = [Info("y", floats), Info("count", new OnnxTensorType(OnnxElementType.Int64, []))],
                Initializers = [Integers("front", [1]), Integers("zero", [])],
                Nodes =
                [
                    Node("SequenceConstruct", "start", ["x"]), Node("Loop", "result", ["rounds", "", "start"], OnnxAttribute.Of("body", body)),
                    Node("ConcatFromSequence", "y", ["result"], OnnxAttribute.Of("axis", 0L)), Node("SequenceLength", "count", ["result"]),
                ],
            },
        };
        var x = TinyModels.Samples(15);
        var actual = new ProgramRunner(Compiling.Compile(model, new CompileOptions()).Program).Run([Tensor.Of<float>(x, 5, 3), Tensor.Scalar(rounds)]);
        actual[1].As<long>()[0].ShouldBe(rounds + 1);

        OnnxRuntimeOracle.Require();
        var stream = new MemoryStream();
        OnnxWriter.Write(model, stream);
        using var session = new OrtSession(stream.ToArray(), new OrtSessionOptions { Optimization = OrtOptimizationLevel.None });
        var expected = session.Run([Testing.Tensor.Create<float>(x, 5, 3), Testing.Tensor.Create<long>([rounds])]);
        actual[0].Dims.ShouldBe(expected[0].Shape);
        actual[0].As<float>().ToArray().ShouldBe(expected[0].Values<float>().ToArray());
        actual[0].Dims[0].ShouldBe(5 + Enumerable.Range(0, (int)rounds).Sum());
    }
}
