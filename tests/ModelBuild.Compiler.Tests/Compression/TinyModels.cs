using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Tests.Compression;

/// <summary>Small models in memory, with weights from a fixed sequence.</summary>
internal sealed class TinyModels
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _initializers = [];
    private readonly Random _random = new(1);

    /// <summary>Gemm 32 -> 64, Relu, Gemm 64 -> 4 over a symbolic batch.</summary>
    public static OnnxModel Mlp() => new TinyModels()
        .Node("Gemm", "fc1", ["x", "fc1.w", "fc1.b"], OnnxAttribute.Of("transB", 1L)).Weights("fc1.w", 64, 32).Weights("fc1.b", 64)
        .Node("Relu", "relu1", ["fc1"])
        .Node("Gemm", "fc2", ["relu1", "fc2.w", "fc2.b"]).Weights("fc2.w", 64, 4).Weights("fc2.b", 4)
        .Model("fc2", 13, OnnxDimension.Of("batch"), OnnxDimension.Of(32));

    /// <summary>Gemm 256 -> 128, Relu, Gemm 128 -> 10 over a symbolic batch: the first is large enough for integers to pay with dynamic ranges, the second is not.</summary>
    public static OnnxModel WideMlp() => new TinyModels()
        .Node("Gemm", "fc1", ["x", "fc1.w", "fc1.b"]).Weights("fc1.w", 256, 128).Weights("fc1.b", 128)
        .Node("Relu", "relu1", ["fc1"])
        .Node("Gemm", "fc2", ["relu1", "fc2.w", "fc2.b"]).Weights("fc2.w", 128, 10).Weights("fc2.b", 10)
        .Model("fc2", 13, OnnxDimension.Of("batch"), OnnxDimension.Of(256));

    /// <summary>A residual block with pooling and an activation that is a table in 8 bits.</summary>
    public static OnnxModel Residual() => new TinyModels()
        .Node("Conv", "stem", ["x", "stem.w", "stem.b"], OnnxAttribute.Of("pads", (long[])[1, 1, 1, 1])).Weights("stem.w", 8, 3, 3, 3).Weights("stem.b", 8)
        .Node("LeakyRelu", "leaky", ["stem"], OnnxAttribute.Of("alpha", 0.1f))
        .Node("Conv", "inner", ["leaky", "inner.w", "inner.b"], OnnxAttribute.Of("pads", (long[])[1, 1, 1, 1])).Weights("inner.w", 8, 8, 3, 3).Weights("inner.b", 8)
        .Node("Add", "sum", ["inner", "leaky"])
        .Node("Relu", "relu", ["sum"])
        .Node("MaxPool", "pool", ["relu"], OnnxAttribute.Of("kernel_shape", (long[])[2, 2]), OnnxAttribute.Of("strides", (long[])[2, 2]))
        .Node("GlobalAveragePool", "mean", ["pool"])
        .Node("Flatten", "flat", ["mean"])
        .Node("Gemm", "fc", ["flat", "fc.w", "fc.b"]).Weights("fc.w", 8, 5).Weights("fc.b", 5)
        .Model("fc", 11, OnnxDimension.Of(1), OnnxDimension.Of(3), OnnxDimension.Of(8), OnnxDimension.Of(8));

    /// <summary>(a + b) w, of batches of <paramref name="size"/> rows of 4.</summary>
    public static OnnxModel Sum(OnnxDimension size) => new()
    {
        IrVersion = 7,
        Opsets = new Dictionary<string, long> { [string.Empty] = 13 },
        FileName = "tiny.onnx",
        Graph = new OnnxGraph
        {
            Name = "sum",
            Inputs = [.. new[] { "a", "b" }.Select(name => new OnnxValueInfo { Name = name, Type = new OnnxTensorType(OnnxElementType.Float, [OnnxDimension.Of("batch"), size, OnnxDimension.Of(4)]) })],
            Outputs = [new OnnxValueInfo { Name = "y", Type = new OnnxTensorType(OnnxElementType.Float, null) }],
            Initializers = [new OnnxTensor { Name = "w", ElementType = OnnxElementType.Float, Dims = [4, 4], Data = MemoryMarshal.AsBytes<float>(Samples(16)).ToArray() }],
            Nodes = [new OnnxNode { Name = "sum", OpType = "Add", Inputs = ["a", "b"], Outputs = ["sum"] }, new OnnxNode { Name = "y", OpType = "MatMul", Inputs = ["sum", "w"], Outputs = ["y"], Index = 1 }],
        },
    };

    public TinyModels Node(string op, string output, string[] inputs, params OnnxAttribute[] attributes) => Node(op, [output], inputs, attributes);

    public TinyModels Node(string op, string[] outputs, string[] inputs, params OnnxAttribute[] attributes)
    {
        _nodes.Add(new OnnxNode { Name = outputs[0], OpType = op, Inputs = inputs, Outputs = outputs, Attributes = attributes, Index = _nodes.Count });
        return this;
    }

    public TinyModels Weights(string name, params long[] dims)
    {
        var count = dims.Aggregate(1L, (a, b) => a * b);
        var scale = 2 / Math.Sqrt((double)count / dims[0]);
        var values = Enumerable.Range(0, (int)count).Select(_ => (float)((_random.NextDouble() - 0.5) * scale)).ToArray();
        _initializers.Add(new OnnxTensor { Name = name, ElementType = OnnxElementType.Float, Dims = dims, Data = MemoryMarshal.AsBytes<float>(values).ToArray() });
        return this;
    }

    /// <summary>A float tensor of ones, such as a variance.</summary>
    public TinyModels Ones(string name, int length)
    {
        float[] values = [.. Enumerable.Repeat(1f, length)];
        _initializers.Add(new OnnxTensor { Name = name, ElementType = OnnxElementType.Float, Dims = [length], Data = MemoryMarshal.AsBytes<float>(values).ToArray() });
        return this;
    }

    public TinyModels Indices(string name, long[] values, params long[] dims)
    {
        _initializers.Add(new OnnxTensor { Name = name, ElementType = OnnxElementType.Int64, Dims = dims, Data = MemoryMarshal.AsBytes<long>(values).ToArray() });
        return this;
    }

    public OnnxModel Model(string output, long opset, params OnnxDimension[] input) => new()
    {
        IrVersion = 7,
        Opsets = new Dictionary<string, long> { [string.Empty] = opset },
        FileName = "tiny.onnx",
        Graph = new OnnxGraph
        {
            Name = "tiny",
            Inputs = [new OnnxValueInfo { Name = "x", Type = new OnnxTensorType(OnnxElementType.Float, input) }],
            Outputs = [new OnnxValueInfo { Name = output, Type = new OnnxTensorType(OnnxElementType.Float, null) }],
            Initializers = _initializers,
            Nodes = _nodes,
        },
    };

    /// <summary>Samples as uniform numbers in [-1, 1).</summary>
    public static float[] Samples(int count, int seed = 2)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    /// <summary>Samples whose neighbours are alike, as those of real inputs are: a wave of random phase and length for each, and a little noise.</summary>
    public static float[] Waves(int samples, int length, int seed = 2)
    {
        var random = new Random(seed);
        var values = new float[samples * length];
        for (var sample = 0; sample < samples; sample++)
        {
            var (phase, step) = (6 * random.NextDouble(), 0.1 + (0.4 * random.NextDouble()));
            for (var i = 0; i < length; i++)
            {
                values[(sample * length) + i] = (float)(Math.Sin(phase + (i * step)) + (0.1 * random.NextDouble()));
            }
        }

        return values;
    }
}
