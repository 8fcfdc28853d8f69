using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Export;

/// <summary>Graphs within nodes are written with them: what they read from around them has become inputs, and is read by name again.</summary>
public class ControlFlowFormTests
{
    private const float Tolerance = 2e-5f;

    private const float QuantizedTolerance = 2e-2f;

    [SkippableTheory]
    [InlineData(32)]
    [InlineData(16)]
    [InlineData(8)]
    public void An_If_reads_what_is_around_it(int bits)
    {
        var then = Body([], ["sum"], Node("MatMul", "product", ["x", "w"]), Node("Add", "sum", ["product", "half"]));
        var otherwise = Body([], ["half"]);
        var model = Model(
            [Floats("x", 4, 16)], ["y"],
            [
                Node("Mul", "half", ["x", "c"]), Node("ReduceSum", "total", ["x"], OnnxAttribute.Of("keepdims", 0L)), Node("Greater", "positive", ["total", "zero"]),
                Node("If", "y", ["positive"], OnnxAttribute.Of("then_branch", then), OnnxAttribute.Of("else_branch", otherwise)),
            ],
            [Weights("w", 16, 16), Scalar("c", 0.5f), Scalar("zero", 0)]);
        foreach (var sign in new[] { 1, -1 })
        {
            float[] x = [.. TinyModels.Samples(64).Select(value => value + (sign * 2))];
            Check(model, [Tensor.Of<float>(x, 4, 16)], bits);
        }
    }

    [SkippableTheory]
    [InlineData(32)]
    [InlineData(8)]
    public void A_Loop_with_an_If_in_it_reads_through_both(int bits)
    {
        // The state grows by a row of w x or of x in each round; the number of the round is put together besides.
        var then = Body([], ["product"], Node("MatMul", "product", ["x", "w"]));
        var otherwise = Body([], ["same"], Node("Identity", "same", ["x"]));
        var body = Body(
            [Info("i", OnnxElementType.Int64, []), Info("goes", OnnxElementType.Bool, []), Info("state", OnnxElementType.Float, [default, OnnxDimension.Of(16)])], ["goes", "grown", "number"],
            Node("Mod", "odd", ["i", "two"]), Node("Cast", "isOdd", ["odd"], OnnxAttribute.Of("to", 9L)),
            Node("If", "row", ["isOdd"], OnnxAttribute.Of("then_branch", then), OnnxAttribute.Of("else_branch", otherwise)),
            Node("Concat", "grown", ["state", "row"], OnnxAttribute.Of("axis", 0L)), Node("Cast", "number", ["i"], OnnxAttribute.Of("to", 1L)));
        var model = Model(
            [Floats("x", 1, 16)], ["all", "numbers"],
            [Node("Loop", ["all", "numbers"], ["rounds", "", "x"], OnnxAttribute.Of("body", body))],
            [Weights("w", 16, 16), Integer("rounds", 5), Integer("two", 2)]);
        Check(model, [Tensor.Of<float>(TinyModels.Samples(16), 1, 16)], bits);
    }

    [SkippableTheory]
    [InlineData(32)]
    [InlineData(8)]
    public void A_Scan_from_behind_along_another_axis(int bits)
    {
        var body = Body(
            [Floats("state", 2, 16), Floats("slice", 2, 16)], ["next", "scaled"],
            Node("MatMul", "product", ["state", "w"]), Node("Add", "next", ["product", "slice"]), Node("Mul", "scaled", ["next", "c"]));
        var model = Model(
            [Floats("x", 2, 5, 16), Floats("start", 2, 16)], ["last", "rows"],
            [
                Node("Scan", ["last", "rows"], ["start", "x"], OnnxAttribute.Of("body", body), OnnxAttribute.Of("num_scan_inputs", 1L), OnnxAttribute.Of("scan_input_axes", (long[])[1]),
                    OnnxAttribute.Of("scan_input_directions", (long[])[1]), OnnxAttribute.Of("scan_output_axes", (long[])[1]), OnnxAttribute.Of("scan_output_directions", (long[])[1])),
            ],
            [Weights("w", 16, 16), Scalar("c", 0.5f)]);
        Check(model, [Tensor.Of<float>(TinyModels.Samples(160), 2, 5, 16), Tensor.Of<float>(TinyModels.Samples(32), 2, 16)], bits);
    }

    [SkippableFact]
    public void A_branch_of_another_rank_is_one_that_fails()
    {
        var then = Body([], ["squeezed"], Node("Squeeze", "squeezed", ["x", "first"]));
        var otherwise = Body([], ["same"], Node("Identity", "same", ["x"]));
        var model = Model(
            [Floats("x", 1, 16)], ["y"],
            [
                Node("ReduceSum", "total", ["x"], OnnxAttribute.Of("keepdims", 0L)), Node("Greater", "positive", ["total", "zero"]),
                Node("If", "row", ["positive"], OnnxAttribute.Of("then_branch", then), OnnxAttribute.Of("else_branch", otherwise)), Node("MatMul", "y", ["row", "w"]),
            ],
            [Weights("w", 16, 16), Scalar("zero", 0), new OnnxTensor { Name = "first", ElementType = OnnxElementType.Int64, Dims = [1], Data = Bytes(0L) }]);
        float[] x = [.. TinyModels.Samples(16).Select(value => value + 2)];
        var written = Check(model, [Tensor.Of<float>(x, 1, 16)], 8);
        written.Graph.Nodes.Count(node => node.OpType == "If").ShouldBe(1);

        float[] negative = [.. x.Select(value => -value)];
        Should.Throw<System.Exception>(() => WrittenModel.RunByOnnxRuntime(written, [Tensor.Of<float>(negative, 1, 16)])).Message.ShouldContain("out of data bounds");
    }

    private static OnnxModel Check(OnnxModel model, Tensor[] inputs, int bits) => WrittenModel.Check(model, inputs, (Precision)bits, bits == 8 ? QuantizedTolerance : Tolerance);

    private static OnnxModel Model(OnnxValueInfo[] inputs, string[] outputs, OnnxNode[] nodes, OnnxTensor[] initializers) => new()
    {
        IrVersion = 8,
        Opsets = new Dictionary<string, long> { [string.Empty] = 16 },
        FileName = "flow.onnx",
        Graph = new OnnxGraph { Name = "flow", Inputs = inputs, Outputs = [.. outputs.Select(name => Info(name, OnnxElementType.Float, null))], Nodes = nodes, Initializers = initializers },
    };

    private static OnnxGraph Body(OnnxValueInfo[] inputs, string[] outputs, params OnnxNode[] nodes) =>
        new() { Name = "body", Inputs = inputs, Outputs = [.. outputs.Select(name => new OnnxValueInfo { Name = name })], Nodes = nodes };

    private static OnnxNode Node(string op, string output, string[] inputs, params OnnxAttribute[] attributes) => Node(op, [output], inputs, attributes);

    private static OnnxNode Node(string op, string[] outputs, string[] inputs, params OnnxAttribute[] attributes) =>
        new() { Name = outputs[0], OpType = op, Inputs = inputs, Outputs = outputs, Attributes = attributes };

    private static OnnxValueInfo Floats(string name, params long[] dims) => Info(name, OnnxElementType.Float, [.. dims.Select(OnnxDimension.Of)]);

    private static OnnxValueInfo Info(string name, OnnxElementType type, OnnxDimension[]? dims) => new() { Name = name, Type = new OnnxTensorType(type, dims) };

    private static OnnxTensor Weights(string name, params long[] dims)
    {
        float[] values = [.. TinyModels.Samples((int)dims.Aggregate(1L, (a, b) => a * b), 7).Select(value => value / 4)];
        return new OnnxTensor { Name = name, ElementType = OnnxElementType.Float, Dims = dims, Data = MemoryMarshal.AsBytes<float>(values).ToArray() };
    }

    private static OnnxTensor Scalar(string name, float value) => new() { Name = name, ElementType = OnnxElementType.Float, Dims = [], Data = Bytes(value) };

    private static OnnxTensor Integer(string name, long value) => new() { Name = name, ElementType = OnnxElementType.Int64, Dims = [], Data = Bytes(value) };

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes<T>([value]).ToArray();
}
