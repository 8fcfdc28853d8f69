using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Tests.Diagnostics;

/// <summary>At least one failing command for every code of the compiler.</summary>
internal static class FailingCommands
{
    public static IReadOnlyList<FailingCommand> All { get; } = [.. Operators(), .. Samples(), .. Quality(), .. Options()];

    private static IEnumerable<FailingCommand> Operators() =>
    [
        new("MB2001", "an operator that is not known", folder => folder.Write(Unary("Neg").Node("NoSuchOp", "z", ["y"]).Model("z", 13, OnnxDimension.Of(4)))),
        new("MB2002", "an operator that its operator set does not have yet", folder => folder.Write(Unary("Gelu").Model("y", 13, OnnxDimension.Of(4)))),
        new("MB2003", "an axis that is out of range", folder => folder.Write(new TinyModels().Node("Softmax", "y", ["x"], OnnxAttribute.Of("axis", 5L)).Model("y", 13, OnnxDimension.Of(4)))),
        new("MB2003", "an axis beyond 32 bits", folder => folder.Write(new TinyModels().Node("Softmax", "y", ["x"], OnnxAttribute.Of("axis", 1L << 40)).Model("y", 13, OnnxDimension.Of(4)))),
        new("MB2003", "an order of axes beyond 32 bits", folder => folder.Write(new TinyModels().Node("Transpose", "y", ["x"], Ints("perm", 1L << 32, 1)).Model("y", 13, OnnxDimension.Of(2), OnnxDimension.Of(3)))),
        new("MB2003", "an order of a million axes", folder => folder.Write(new TinyModels().Node("Transpose", "y", ["x"], Ints("perm", new long[1_000_000])).Model("y", 13, OnnxDimension.Of(2), OnnxDimension.Of(3)))),
        new("MB2003", "a negative repetition", folder => folder.Write(new TinyModels().Indices("r", [-1], 1).Node("Tile", "y", ["x", "r"]).Model("y", 13, OnnxDimension.Of(4)))),
        new("MB2003", "a part of negative size", folder => folder.Write(new TinyModels().Indices("s", [-3, 11], 2).Node("Split", ["y", "z"], ["x", "s"]).Model("y", 13, OnnxDimension.Of(8)))),
        new("MB2003", "a negative number of largest values", folder => folder.Write(new TinyModels().Indices("k", [-1], 1).Node("TopK", ["y", "i"], ["x", "k"]).Model("y", 13, OnnxDimension.Of(8)))),
        new("MB2003", "offsets for an image of another size", folder => folder.Write(new TinyModels().Weights("w", 4, 3, 3, 3).Weights("o", 1, 18, 2, 2).Node("DeformConv", "y", ["x", "w", "o"]).Model("y", 19, Image))),
        new("MB2003", "more groups of offsets than channels", folder => folder.Write(new TinyModels().Weights("w", 4, 3, 8, 8).Weights("o", 1, 768, 1, 1).Node("DeformConv", "y", ["x", "w", "o"], OnnxAttribute.Of("offset_group", 6L)).Model("y", 19, Image))),
        new("MB2004", "a shape of any number of dimensions", folder => folder.Write(new TinyModels().Node("Cast", "n", ["x"], OnnxAttribute.Of("to", 7L)).Node("ConstantOfShape", "y", ["n"]).Model("y", 13, OnnxDimension.Of("n")))),
        new("MB2005", "a use of an operator that is not supported", folder => folder.Write(new TinyModels().Node("Mod", "y", ["x", "x"]).Model("y", 13, OnnxDimension.Of(4)))),
        new("MB2006", "an input of an unknown number of dimensions", folder => folder.Write(Unranked())),
        new("MB2001", "a second operator that is not known, after the first", folder => folder.Write(new TinyModels().Node("NoSuchOp", "y", ["x"]).Node("NorThisOne", "z", ["y"]).Model("z", 13, OnnxDimension.Of(4)))),
        new("MB2008", "a chain of a million nodes", folder => folder.Write(Chain(1_000_000))),
        new("MB2007", "an input of 2^62 elements", folder => folder.Write(Unary("Relu").Model("y", 13, OnnxDimension.Of(1L << 62)))),
        new("MB2007", "an input whose size has more than 64 bits", folder => folder.Write(Unary("Relu").Model("y", 13, OnnxDimension.Of(1L << 40), OnnxDimension.Of(1L << 40)))),
        new("MB2007", "a result of 2^90 elements", folder => folder.Write(new TinyModels().Indices("s", [1L << 30, 1L << 30, 1L << 30], 3).Node("Expand", "y", ["x", "s"]).Model("y", 13, OnnxDimension.Of(1)))),
        new("MB2007", "padding beyond all memory", folder => folder.Write(new TinyModels().Weights("w", 4, 3, 3, 3).Node("Conv", "y", ["x", "w"], Ints("pads", 1 << 29, 1 << 29, 1 << 29, 1 << 29)).Model("y", 13, Image))),
        new("MB2007", "results that are too large together", folder => folder.Write(new TinyModels()
            .Node("Concat", "a", ["x", "x"], OnnxAttribute.Of("axis", 0L)).Node("Sigmoid", "b", ["a"]).Node("Add", "c", ["a", "b"]).Node("ReduceSum", "y", ["c"]).Model("y", 11, OnnxDimension.Of(200_000_000)))),
    ];

    private static IEnumerable<FailingCommand> Samples() =>
    [
        new("MB3001", "samples that do not exist", folder => folder.Mlp().Calibrated(folder.Of("absent.npy"))),
        new("MB3001", "a folder of samples", folder => folder.Mlp().Calibrated(folder.Path)),
        new("MB3002", "a pattern that nothing matches", folder => folder.Mlp().Calibrated(folder.Of("*.npz"))),
        new("MB3003", "samples that are no array", folder => folder.Mlp().Calibrated(folder.Text("x.npy", "not an array"))),
        new("MB3003", "samples that are empty", folder => folder.Mlp().Calibrated(folder.Text("x.npy", ""))),
        new("MB3004", "samples of another length", folder => folder.Mlp().Calibrated(folder.Save("x.npy", new float[62], 2, 31))),
        new("MB3005", "samples that are no floats", folder => folder.Mlp().Calibrated(folder.Save("x.npy", Enumerable.Repeat(0.1, 64).ToArray(), 2, 32))),
        new("MB3006", "samples for another input", folder => folder.Mlp().Calibrated("z=" + folder.Save("x.npy", new float[64], 2, 32))),
        new("MB3007", "an input without samples", folder => folder.Sum().Calibrated("a=" + folder.Save("a.npy", new float[8], 2, 1, 4))),
        new("MB3007", "no samples", folder => folder.Mlp().Calibrated(folder.Save("x.npy", Array.Empty<float>(), 0, 32))),
        new("MB3008", "different numbers of samples", folder => folder.Sum().Calibrated("a=" + folder.Save("a.npy", new float[8], 2, 1, 4) + ";b=" + folder.Save("b.npy", new float[4], 1, 1, 4))),
        new("MB3009", "a sample that is not a number", folder => folder.Mlp().Calibrated(folder.Save("x.npy", Enumerable.Repeat(float.NaN, 64).ToArray(), 2, 32))),
        new("MB3009", "a sample that is infinite", folder => folder.Mlp().Calibrated(folder.Save("x.npy", Enumerable.Repeat(float.NegativeInfinity, 64).ToArray(), 2, 32))),
        new("MB3010", "fewer samples than a run takes", folder => [.. folder.Mlp().Calibrated(folder.Save("x.npy", new float[64], 2, 32)), "--dimensions", "batch=4"]),
        new("MB3011", "labels for other samples", folder => [.. folder.Mlp().Calibrated(folder.Save("x.npy", new float[64], 2, 32)), "--labels", folder.Save("y.npy", new int[3], 3)]),
        new("MB3012", "samples of sizes that contradict each other", folder => folder.Sum("n").Calibrated("a=" + folder.Save("a.npy", new float[16], 2, 2, 4) + ";b=" + folder.Save("b.npy", new float[24], 2, 3, 4))),
    ];

    private static IEnumerable<FailingCommand> Quality() =>
    [
        new("MB3020", "a compressed model that differs", folder => [.. folder.Mlp().Calibrated(folder.Save("x.npy", TinyModels.Samples(640), 20, 32)), "--min-sqnr", "100"]),
        new("MB3021", "a compressed model that is wrong", folder =>
        [
            .. folder.Mlp(), "--sparsity-threshold", "10", "--max-accuracy-drop", "1",
            "--calibration", folder.Save("x.npy", Enumerable.Range(0, 32 * 32).Select(i => i % 33 == 0 ? 20f : 0).ToArray(), 32, 32),
            "--labels", folder.Save("y.npy", Answers, 32),
        ]),
        new("MB3030", "nothing to compress", folder => [.. folder.Write(Unary("Relu").Model("y", 13, OnnxDimension.Of(4))), "--sparsity", "0.5"]),
        new("MB3031", "a node without a form in the operator set of quantization", folder => [.. folder.Write(OldAdd()), "--bits", "8", "--calibration", folder.Save("x.npy", TinyModels.Samples(32), 2, 1, 4, 4)]),
    ];

    private static IEnumerable<FailingCommand> Options() =>
    [
        new("MB4001", "an option that does not exist", folder => [.. folder.Mlp(), "--set", "Bitz=8"]),
        new("MB4002", "a number of bits that does not exist", folder => [.. folder.Mlp(), "--bits", "7.5"]),
        new("MB4002", "no number of bits", folder => [.. folder.Mlp(), "--bits", ";"]),
        new("MB4002", "a layer of a number of bits that does not exist", folder => [.. folder.Mlp(), "--bits", "8;fc1=7"]),
        new("MB4002", "a layer without a number of bits", folder => [.. folder.Mlp(), "--bits", "8;fc1"]),
        new("MB4002", "a fraction above 1", folder => [.. folder.Mlp(), "--sparsity", "1.5"]),
        new("MB4002", "bounds the wrong way round", folder => [.. folder.Mlp(), "--dimensions", "batch=4..2"]),
        new("MB4003", "labels without samples", folder => [.. folder.Mlp(), "--labels", folder.Save("y.npy", new int[3], 3)]),
        new("MB4003", "static ranges without samples", folder => [.. folder.Mlp(), "--bits", "8", "--activations", "static"]),
        new("MB4004", "a dimension that the model does not have", folder => [.. folder.Mlp(), "--dimensions", "batsch=4"]),
        new("MB4005", "an output folder that is a file", folder => { folder.Text("file", ""); return folder.Mlp(); }) { Out = "file" },
        new("MB4005", "an output folder below a file", folder => { folder.Text("file", ""); return folder.Mlp(); }) { Out = "file/below" },
        new("MB4007", "an output that the model does not have", folder => [.. folder.Mlp(), "--outputs", "no such output"]),
        new("MB4007", "an optional input that has no value", folder => [.. folder.Mlp(), "--optional-inputs", "x"]),
        new("MB4007", "a state that the model does not have", folder => [.. folder.Sum(), "--states", "no=such"]),
        new("MB4008", "a state of another shape", folder => [.. folder.Mlp(), "--states", "x=fc2"]),
        new("MB4009", "a width for a layer that the model does not have", folder => [.. folder.Mlp(), "--bits", "8;no*layer=32"]),
        new("MB4006", "an argument that is not known", folder => [.. folder.Mlp(), "--no-such-flag"]),
    ];

    private static TinyModels Unary(string op) => new TinyModels().Node(op, "y", ["x"]);

    private static OnnxDimension[] Image => [OnnxDimension.Of(1), OnnxDimension.Of(3), OnnxDimension.Of(8), OnnxDimension.Of(8)];

    private static OnnxAttribute Ints(string name, params long[] values) => OnnxAttribute.Of(name, values);

    private static OnnxModel Chain(int length)
    {
        var model = new TinyModels();
        for (var i = 0; i < length; i++)
        {
            model.Node("Relu", $"v{i}", [i == 0 ? "x" : $"v{i - 1}"]);
        }

        return model.Model($"v{length - 1}", 13, OnnxDimension.Of(4));
    }

    private static OnnxModel Unranked() => new()
    {
        IrVersion = 7,
        Opsets = new Dictionary<string, long> { [string.Empty] = 13 },
        Graph = new OnnxGraph
        {
            Name = "unranked",
            Inputs = [new OnnxValueInfo { Name = "x", Type = new OnnxTensorType(OnnxElementType.Float, null) }],
            Outputs = [new OnnxValueInfo { Name = "y", Type = new OnnxTensorType(OnnxElementType.Float, null) }],
            Nodes = [new OnnxNode { Name = "y", OpType = "Relu", Inputs = ["x"], Outputs = ["y"] }],
        },
    };

    // Up to version 6 the second operand could start at any axis of the first, which only a constant can still say.
    private static OnnxModel OldAdd() => new TinyModels()
        .Node("Conv", "conv", ["x", "w"]).Weights("w", 4, 1, 1, 1)
        .Node("ReduceMean", "mean", ["conv"], OnnxAttribute.Of("axes", (long[])[0, 2, 3]), OnnxAttribute.Of("keepdims", 0L))
        .Node("Add", "y", ["conv", "mean"], OnnxAttribute.Of("broadcast", 1L), OnnxAttribute.Of("axis", 1L))
        .Model("y", 6, OnnxDimension.Of(1), OnnxDimension.Of(1), OnnxDimension.Of(4), OnnxDimension.Of(4));

    // What the network of TinyModels.Mlp says to the rows of 20 times the identity.
    private static int[] Answers
    {
        get
        {
            var runner = new Execution.ProgramRunner(Compiling.Compile(TinyModels.Mlp(), new Compiler.Options.CompileOptions()).Program);
            float[] rows = [.. Enumerable.Range(0, 32 * 32).Select(i => i % 33 == 0 ? 20f : 0)];
            var scores = runner.Run([IR.Tensor.Of<float>(rows, 32, 32)])[0].As<float>().ToArray();
            return [.. scores.Chunk(4).Select(row => Array.IndexOf(row, row.Max()))];
        }
    }

    private static string[] Write(this CommandFolder folder, OnnxModel model)
    {
        using var stream = File.Create(folder.Model);
        OnnxWriter.Write(model, stream);
        return [];
    }

    private static string[] Mlp(this CommandFolder folder) => folder.Write(TinyModels.Mlp());

    // A model of two inputs of the same sizes.
    private static string[] Sum(this CommandFolder folder, string? size = null) => folder.Write(TinyModels.Sum(size is null ? OnnxDimension.Of(1) : OnnxDimension.Of(size)));

    private static string[] Calibrated(this string[] arguments, string samples) => [.. arguments, "--bits", "8", "--calibration", samples];
}
