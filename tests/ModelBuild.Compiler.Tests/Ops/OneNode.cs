using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Compiler.Tests.Export;
using ModelBuild.Kernels;
using ModelBuild.Onnx;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>
/// A model of one node, run by ONNX Runtime and by us. Shapes are written <c>batch=2,8</c>: a dimension with a name is a symbol of the model, which has that size in the
/// test.
/// </summary>
internal sealed class OneNode(string op, string domain = "com.microsoft", long opset = 17)
{
    private readonly List<string> _names = [];
    private readonly List<OnnxValueInfo> _inputs = [];
    private readonly List<OnnxTensor> _initializers = [];
    private readonly List<OnnxAttribute> _attributes = [];
    private readonly List<(OnnxElementType Type, long[] Dims, byte[] Bytes, string[]? Texts)> _values = [];
    private string?[] _outputs = ["y0"];
    private int? _rank;
    private (int Output, int Input)[] _pairs = [];

    public OneNode With(string name, object value)
    {
        _attributes.Add(value switch
        {
            int number => OnnxAttribute.Of(name, (long)number),
            long number => OnnxAttribute.Of(name, number),
            float number => OnnxAttribute.Of(name, number),
            string text => OnnxAttribute.Of(name, text),
            long[] numbers => OnnxAttribute.Of(name, numbers),
            float[] numbers => OnnxAttribute.Of(name, numbers),
            string[] texts => OnnxAttribute.Of(name, (IReadOnlyList<ReadOnlyMemory<byte>>)[.. texts.Select(text => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(text))]),
            _ => throw new ArgumentException($"{value.GetType()} is no attribute.", nameof(value)),
        });
        return this;
    }

    /// <summary>An input of floats in [-1, 1), times a factor.</summary>
    public OneNode Floats(string shape, float scale = 1)
    {
        var (_, dims) = Parse(shape);
        var values = TinyModels.Samples((int)dims.Aggregate(1L, (a, b) => a * b), 10 + _names.Count);
        return Of(shape, [.. values.Select(value => value * scale)]);
    }

    /// <summary>The same numbers as 64-bit floats.</summary>
    public OneNode Doubles(string shape, float scale = 1)
    {
        var (_, dims) = Parse(shape);
        var values = TinyModels.Samples((int)dims.Aggregate(1L, (a, b) => a * b), 10 + _names.Count);
        return Of(shape, [.. values.Select(value => (double)(value * scale))]);
    }

    /// <summary>An input with these elements.</summary>
    public OneNode Of<T>(string shape, params T[] values)
        where T : unmanaged
    {
        var (declared, dims) = Parse(shape);
        var name = $"x{_names.Count}";
        var type = default(T) switch
        {
            float => OnnxElementType.Float,
            double => OnnxElementType.Double,
            int => OnnxElementType.Int32,
            long => OnnxElementType.Int64,
            byte => OnnxElementType.UInt8,
            sbyte => OnnxElementType.Int8,
            short => OnnxElementType.Int16,
            bool => OnnxElementType.Bool,
            Complex64 => OnnxElementType.Complex64,
            System.Numerics.Complex => OnnxElementType.Complex128,
            _ => throw new ArgumentException($"Inputs of {typeof(T)} are not known here.", nameof(values)),
        };
        _names.Add(name);
        _inputs.Add(new OnnxValueInfo { Name = name, Type = new OnnxTensorType(type, declared) });
        _values.Add((type, dims, MemoryMarshal.AsBytes<T>(values).ToArray(), null));
        return this;
    }

    /// <summary>An input of bytes.</summary>
    public OneNode Bytes(string shape)
    {
        var values = new byte[(int)Parse(shape).Dims.Aggregate(1L, (a, b) => a * b)];
        new Random(10 + _names.Count).NextBytes(values);
        return Of(shape, values);
    }

    /// <summary>An input of texts.</summary>
    public OneNode Texts(string shape, params string[] texts)
    {
        var (declared, dims) = Parse(shape);
        _names.Add($"x{_names.Count}");
        _inputs.Add(new OnnxValueInfo { Name = _names[^1], Type = new OnnxTensorType(OnnxElementType.String, declared) });
        _values.Add((OnnxElementType.String, dims, [], texts));
        return this;
    }

    /// <summary>Scalars, each an initializer.</summary>
    public OneNode Numbers(params float[] values) => values.Aggregate(this, (node, value) => node.Of(string.Empty, value).Constant());

    /// <summary>Scalars of one byte, each an initializer.</summary>
    public OneNode Points(params byte[] values) => values.Aggregate(this, (node, value) => node.Of(string.Empty, value).Constant());

    /// <summary>Makes the last input an initializer.</summary>
    public OneNode Constant()
    {
        var (type, dims, bytes, _) = _values[^1];
        _initializers.Add(new OnnxTensor { Name = _names[^1], ElementType = type, Dims = dims, Data = bytes });
        _values.RemoveAt(_values.Count - 1);
        _inputs.RemoveAt(_inputs.Count - 1);
        return this;
    }

    /// <summary>Optional inputs that are not given.</summary>
    public OneNode Absent(int count = 1)
    {
        _names.AddRange(Enumerable.Repeat(string.Empty, count));
        return this;
    }

    /// <summary>Which outputs are wanted.</summary>
    public OneNode Outputs(params bool[] wanted)
    {
        _outputs = [.. wanted.Select((isWanted, i) => isWanted ? $"y{i}" : null)];
        return this;
    }

    /// <summary>The rank that is declared of the outputs.</summary>
    public OneNode Rank(int rank)
    {
        _rank = rank;
        return this;
    }

    /// <summary>Outputs for which ONNX Runtime insists on the memory of an input.</summary>
    public OneNode InPlace(params (int Output, int Input)[] pairs)
    {
        _pairs = pairs;
        return this;
    }

    /// <summary>Compares the outputs, or the first of them where the others have content that is not defined.</summary>
    public void ShouldAgree(float tolerance = 2e-5f, int outputs = int.MaxValue, params OnnxElementType[] types)
    {
        var model = Model(types);
        var stream = new MemoryStream();
        OnnxWriter.Write(model, stream);
        OnnxRuntimeOracle.Require();
        using var session = new OrtSession(stream.ToArray(), new OrtSessionOptions { Optimization = OrtOptimizationLevel.None });
        var expected = session.RunInPlace([.. _values.Select(value => value.Texts is { } texts ? new Testing.Tensor(value.Dims, texts) : new Testing.Tensor((Testing.TensorType)(int)value.Type, value.Dims, value.Bytes))], _pairs);
        var runner = new ProgramRunner(Compiling.Compile(model, new CompileOptions()).Program);
        var actual = runner.Run(Values);
        for (var i = 0; i < Math.Min(outputs, expected.Count); i++)
        {
            actual[i].Dims.ShouldBe(expected[i].Shape, $"output {i}");
            if (actual[i].Type == Plan.ElementType.Float)
            {
                Compare(actual[i].As<float>(), expected[i].Values<float>(), tolerance, $"output {i}");
            }
            else if (actual[i].Type == Plan.ElementType.String)
            {
                actual[i].Strings.ShouldBe(expected[i].Strings, $"output {i}");
            }
            else
            {
                actual[i].Bytes.ToArray().ShouldBe(expected[i].Bytes.ToArray(), $"output {i}");
            }
        }
    }

    /// <summary>
    /// The model is compressed and written: read again, it gives the same bits, and ONNX Runtime gives the same numbers for it, but for the tolerance. Gives what is written.
    /// </summary>
    public OnnxModel ShouldBeWritten(Precision bits, float tolerance = 2e-5f, params OnnxElementType[] types)
    {
        var model = Model(types);
        return WrittenModel.Check(model, Values, bits, tolerance);
    }

    /// <summary>The outputs of a run without ONNX Runtime.</summary>
    public IReadOnlyList<Tensor> Run(params OnnxElementType[] types) =>
        new ProgramRunner(Compiling.Compile(Model(types), new CompileOptions()).Program).Run(Values);

    private Tensor[] Values => [.. _values.Select(value => value.Texts is { } texts ? Tensor.Of(texts, value.Dims) : new Tensor((Plan.ElementType)(int)value.Type, value.Dims, value.Bytes))];

    private static void Compare(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, float tolerance, string what)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            (Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])) || actual[i].Equals(expected[i]))
                .ShouldBeTrue($"{what}: element {i} of {expected.Length} is {actual[i]} where ONNX Runtime gives {expected[i]}");
        }
    }

    /// <summary>The model, whose outputs have these types; floats where none is given.</summary>
    public OnnxModel Model(params OnnxElementType[] types) => new()
    {
        IrVersion = 8,
        Opsets = new Dictionary<string, long> { [string.Empty] = opset, ["com.microsoft"] = 1, ["ai.onnx.ml"] = 3 },
        FileName = "node.onnx",
        Graph = new OnnxGraph
        {
            Name = "node",
            Inputs = _inputs,
            Outputs = [.. _outputs.OfType<string>().Select((name, i) => new OnnxValueInfo { Name = name, Type = new OnnxTensorType(i < types.Length ? types[i] : OnnxElementType.Float, _rank is { } rank ? new OnnxDimension[rank] : null) })],
            Initializers = _initializers,
            Nodes = [new OnnxNode { Name = op, OpType = op, Domain = domain, Inputs = _names, Outputs = [.. _outputs.Select(name => name ?? string.Empty)], Attributes = _attributes }],
        },
    };

    private static (OnnxDimension[] Declared, long[] Dims) Parse(string shape)
    {
        var parts = shape.Length == 0 ? [] : shape.Split(',').Select(part => part.Split('=')).ToArray();
        long[] dims = [.. parts.Select(part => long.Parse(part[^1], CultureInfo.InvariantCulture))];
        return ([.. parts.Select((part, i) => part.Length == 2 ? OnnxDimension.Of(part[0]) : OnnxDimension.Of(dims[i]))], dims);
    }
}
