using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Plan;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Properties;

/// <summary>A model of one node, compiled, run, and compared with a definition; and with ONNX Runtime, where it is installed and has the operator for these types.</summary>
/// <param name="op">The operator.</param>
/// <param name="isSymbolic">Whether every dimension of the inputs is a symbol.</param>
internal sealed class NodeRun(string op, bool isSymbolic = false)
{
    private const long Opset = 21;

    private readonly List<string> _names = [];
    private readonly List<Tensor> _inputs = [];
    private readonly List<OnnxTensor> _constants = [];
    private readonly List<OnnxAttribute> _attributes = [];

    public NodeRun Input(Plain value, ElementType type = ElementType.Float)
    {
        _names.Add($"x{_names.Count}");
        _inputs.Add(Own(value, type));
        return this;
    }

    /// <summary>An input that is a constant of the model.</summary>
    public NodeRun Constant(Plain value, ElementType type)
    {
        var tensor = Own(value, type);
        _names.Add($"c{_names.Count}");
        _constants.Add(new OnnxTensor { Name = _names[^1], ElementType = (OnnxElementType)(int)type, Dims = tensor.Dims, Data = tensor.Bytes.ToArray() });
        return this;
    }

    /// <summary>A vector of integers that is a constant of the model, or an input.</summary>
    public NodeRun Integers(long[] values, bool isConstant = true)
    {
        var plain = new Plain([values.Length], [.. values.Select(value => (double)value)]);
        return isConstant ? Constant(plain, ElementType.Int64) : Input(plain, ElementType.Int64);
    }

    public NodeRun Absent()
    {
        _names.Add(string.Empty);
        return this;
    }

    public NodeRun With(string name, object value)
    {
        _attributes.Add(value switch
        {
            long number => OnnxAttribute.Of(name, number),
            float number => OnnxAttribute.Of(name, number),
            string text => OnnxAttribute.Of(name, text),
            long[] numbers => OnnxAttribute.Of(name, numbers),
            _ => throw new ArgumentException($"{value.GetType()} is no attribute.", nameof(value)),
        });
        return this;
    }

    /// <summary>Compares all outputs with what they should be, relative to the largest element, or to 1.</summary>
    public void ShouldGive(double tolerance, params Plain[] expected)
    {
        var actual = new ProgramRunner(Compiling.Compile(Model([.. expected.Select(_ => ElementType.Undefined)]), new CompileOptions()).Program).Run(_inputs);
        for (var i = 0; i < expected.Length; i++)
        {
            Compare(actual[i].Dims, TensorNumbers.ToDoubles(actual[i])!, expected[i], tolerance, $"output {i}");
        }

        if (OnnxRuntimeOracle.IsAvailable && Other(Model([.. actual.Select(tensor => tensor.Type)])) is { } others)
        {
            for (var i = 0; i < expected.Length; i++)
            {
                var other = new Tensor((ElementType)(int)others[i].Type, others[i].Shape, others[i].Bytes.ToArray());
                Compare(other.Dims, TensorNumbers.ToDoubles(other)!, expected[i], tolerance, $"ONNX Runtime, output {i}");
            }
        }
    }

    private static void Compare(IReadOnlyList<long> dims, double[] actual, Plain expected, double tolerance, string what)
    {
        dims.ShouldBe(expected.Dims, what);
        var scale = expected.Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (var i = 0; i < actual.Length; i++)
        {
            (actual[i].Equals(expected.Values[i]) || actual[i] == expected.Values[i] || Math.Abs(actual[i] - expected.Values[i]) <= tolerance * Math.Max(scale, 1))
                .ShouldBeTrue(string.Create(CultureInfo.InvariantCulture, $"{what}: element {i} of [{string.Join(",", dims)}] is {actual[i]:R} where {expected.Values[i]:R} is expected"));
        }
    }

    // Null where it has no kernel for these types.
    private IReadOnlyList<Testing.Tensor>? Other(OnnxModel model)
    {
        var stream = new MemoryStream();
        OnnxWriter.Write(model, stream);
        try
        {
            using var session = new OrtSession(stream.ToArray(), new OrtSessionOptions { Optimization = OrtOptimizationLevel.None });
            return session.Run([.. _inputs.Select(value => new Testing.Tensor((Testing.TensorType)(int)value.Type, [.. value.Dims], value.Bytes.ToArray()))]);
        }
        catch (OrtException exception) when (exception.Message.Contains("NOT_IMPLEMENTED", StringComparison.Ordinal) || exception.Message.Contains("Could not find an implementation", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private OnnxModel Model(ElementType[] outputs)
    {
        string[] results = [.. Enumerable.Range(0, outputs.Length).Select(index => $"y{index}")];
        var names = _names.Where(name => name.StartsWith('x')).ToArray();
        return new OnnxModel
        {
            IrVersion = 10,
            Opsets = new Dictionary<string, long> { [string.Empty] = Opset },
            FileName = "node.onnx",
            Graph = new OnnxGraph
            {
                Name = "node",
                Inputs = [.. _inputs.Select((input, i) => new OnnxValueInfo { Name = names[i], Type = new OnnxTensorType((OnnxElementType)(int)input.Type, [.. input.Dims.Select((dim, axis) => isSymbolic && input.Type != ElementType.Int64 ? OnnxDimension.Of($"{names[i]}_{axis}") : OnnxDimension.Of(dim))]) })],
                Outputs = [.. results.Zip(outputs, (name, type) => new OnnxValueInfo { Name = name, Type = type == ElementType.Undefined ? null : new OnnxTensorType((OnnxElementType)(int)type, null) })],
                Initializers = _constants,
                Nodes = [new OnnxNode { Name = "node", OpType = op, Inputs = _names, Outputs = results, Attributes = _attributes }],
            },
        };
    }

    private static Tensor Own(Plain value, ElementType type) => new(
        type, value.Dims, value.Values.SelectMany(number => type == ElementType.Bool ? [(byte)number] : TensorNumbers.Scalar(number, type).Bytes.ToArray()).ToArray());
}
