using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Derivatives are what differences of the function itself are, in 64-bit floats and with sizes that only a run knows.</summary>
public class GradientTests
{
    private static readonly Dictionary<string, (string Op, string[] Shapes, OnnxAttribute[] Attributes, long[][] Constants)> Cases = new()
    {
        ["Add"] = ("Add", ["n=2,3", "3"], [], []),
        ["Sub of a column"] = ("Sub", ["n=2,3", "n=2,1"], [], []),
        ["Mul of a scalar"] = ("Mul", ["n=2,3", ""], [], []),
        ["Div"] = ("Div", ["n=2,3", "n=2,3"], [], []),
        ["Pow"] = ("Pow", ["n=2,3", "3"], [], []),
        ["Sum"] = ("Sum", ["n=2,3", "3", "1,3"], [], []),
        ["Mean"] = ("Mean", ["n=2,3", "3"], [], []),
        ["Max"] = ("Max", ["n=2,3", "3"], [], []),
        ["MatMul"] = ("MatMul", ["n=2,3,4", "4,5"], [], []),
        ["MatMul of batches"] = ("MatMul", ["n=2,3,4", "n=2,4,5"], [], []),
        ["MatMul of a vector"] = ("MatMul", ["4", "n=2,4,5"], [], []),
        ["MatMul with a vector"] = ("MatMul", ["n=2,3,4", "4"], [], []),
        ["Gemm"] = ("Gemm", ["n=2,4", "4,3", "3"], [OnnxAttribute.Of("alpha", 0.5f), OnnxAttribute.Of("beta", 2f)], []),
        ["Gemm of turned operands"] = ("Gemm", ["4,n=2", "3,4", "n=2,1"], [OnnxAttribute.Of("transA", 1L), OnnxAttribute.Of("transB", 1L)], []),
        ["Softmax"] = ("Softmax", ["n=2,3,2"], [OnnxAttribute.Of("axis", 1L)], []),
        ["LogSoftmax"] = ("LogSoftmax", ["n=2,5"], [], []),
        ["Transpose"] = ("Transpose", ["n=2,3,4"], [OnnxAttribute.Of("perm", (long[])[2, 0, 1])], []),
        ["Reshape"] = ("Reshape", ["n=2,3,4"], [], [[0, -1]]),
        ["Concat"] = ("Concat", ["n=2,3", "n=2,1"], [OnnxAttribute.Of("axis", 1L)], []),
        ["Slice"] = ("Slice", ["n=2,5"], [], [[4], [0], [1], [-2]]),
        ["Gather of the same twice"] = ("Gather", ["3,n=2"], [], [[2, 0, 2]]),
        ["Expand"] = ("Expand", ["n=2,1"], [], [[2, 1, 3]]),
        ["ReduceSum"] = ("ReduceSum", ["n=2,3,4"], [OnnxAttribute.Of("keepdims", 0L)], [[1]]),
        ["ReduceMean"] = ("ReduceMean", ["n=2,3,4"], [], [[0, -1]]),
        ["ReduceL2"] = ("ReduceL2", ["n=2,3"], [], []),
        ["ReduceLogSumExp"] = ("ReduceLogSumExp", ["n=2,3"], [OnnxAttribute.Of("keepdims", 0L)], [[1]]),
        ["GlobalAveragePool"] = ("GlobalAveragePool", ["n=2,3,2,2"], [], []),
        ["Conv"] = ("Conv", ["2,2,6,5", "3,2,3,2", "3"], [OnnxAttribute.Of("strides", (long[])[2, 1]), OnnxAttribute.Of("dilations", (long[])[1, 2]), OnnxAttribute.Of("pads", (long[])[1, 0, 1, 2])], []),
        ["Where"] = ("Where", ["n=2,3", "3"], [], []),
    };

    public static TheoryData<string> Names =>
        [.. Cases.Keys, "Neg", "Abs", "Exp", "Log", "Sqrt", "Reciprocal", "Sin", "Cos", "Tan", "Sinh", "Cosh", "Atan", "Tanh", "Sigmoid", "Softplus", "Erf", "Relu", "LeakyRelu", "Elu", "Identity"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_derivative_is_the_limit_of_differences(string name)
    {
        var (op, shapes, attributes, constants) = Cases.GetValueOrDefault(name, (name, ["n=2,3"], [], []));
        var xs = shapes.Select((shape, i) => Samples(shape, i)).ToArray();
        var run = Compile(op, shapes, attributes, constants);
        var results = run([.. xs.Select(x => x.Values)]);
        for (var i = 0; i < xs.Length; i++)
        {
            results[i + 1].Dims.ShouldBe(xs[i].Dims);
            for (var k = 0; k < xs[i].Values.Length; k++)
            {
                double At(double step)
                {
                    double[][] moved = [.. xs.Select(x => x.Values.ToArray())];
                    moved[i][k] += step;
                    return run(moved)[0].As<double>()[0];
                }

                results[i + 1].As<double>()[k].ShouldBe((At(1e-5) - At(-1e-5)) / 2e-5, 1e-6, $"element {k} of input {i}");
            }
        }
    }

    [Fact]
    public void A_derivative_is_taken_at_other_values_than_those_of_the_graph_and_differentiated_again()
    {
        // y = a * b * b at b = c: dy/db = 2 * a * c, and its derivative by c is 2 * a.
        OnnxNode Derivative(string name, string y, string x, params string[] inputs) => new()
        {
            Name = name, OpType = "Gradient", Domain = Training, Inputs = inputs, Outputs = [name],
            Attributes = [OnnxAttribute.Of("xs", Texts(x)), OnnxAttribute.Of("zs", Texts("a")), OnnxAttribute.Of("y", y)],
        };
        var run = Compile(
            ["a", "b", "c"], ["", "", ""], [],
            [
                new OnnxNode { Name = "square", OpType = "Mul", Inputs = ["b", "b"], Outputs = ["square"] }, new OnnxNode { Name = "y", OpType = "Mul", Inputs = ["a", "square"], Outputs = ["y"] },
                Derivative("first", "y", "b", "c", "a"), Derivative("second", "first", "c", "c", "a"),
            ],
            ["y", "first", "second"]);

        run([[3], [5], [7]]).Select(result => result.As<double>()[0]).ShouldBe([75, 42, 6]);
    }

    private const string Training = "ai.onnx.preview.training";

    // y is the sum of op(x...), each element with a factor of its own; then come the derivatives.
    private static Func<double[][], IReadOnlyList<Tensor>> Compile(string op, string[] shapes, OnnxAttribute[] attributes, long[][] constants)
    {
        string[] names = [.. shapes.Select((_, i) => $"x{i}")];
        var fixedInputs = constants.Select((values, i) => new OnnxTensor { Name = $"c{i}", ElementType = OnnxElementType.Int64, Dims = [values.Length], Data = MemoryMarshal.AsBytes<long>(values).ToArray() });
        var condition = op == "Where" ? new OnnxTensor { Name = "condition", ElementType = OnnxElementType.Bool, Dims = [3], Data = new byte[] { 1, 0, 1 } } : null;
        return Compile(
            names, shapes, [.. fixedInputs, .. condition is null ? [] : new[] { condition }],
            [
                new OnnxNode { Name = "op", OpType = op, Inputs = [.. condition is null ? [] : new[] { "condition" }, .. names, .. constants.Select((_, i) => $"c{i}")], Outputs = ["h"], Attributes = attributes },
                new OnnxNode { Name = "curve", OpType = "Sin", Inputs = ["h"], Outputs = ["curved"] },
                new OnnxNode { Name = "y", OpType = "ReduceSum", Inputs = ["curved"], Outputs = ["y"], Attributes = [OnnxAttribute.Of("keepdims", 0L)] },
                new OnnxNode
                {
                    Name = "gradient", OpType = "Gradient", Domain = Training, Inputs = names, Outputs = [.. names.Select(name => $"by_{name}")],
                    Attributes = [OnnxAttribute.Of("xs", Texts(names)), OnnxAttribute.Of("y", "y")],
                },
            ],
            ["y", .. names.Select(name => $"by_{name}")]);
    }

    private static Func<double[][], IReadOnlyList<Tensor>> Compile(string[] names, string[] shapes, OnnxTensor[] initializers, OnnxNode[] nodes, string[] outputs)
    {
        var model = new OnnxModel
        {
            IrVersion = 8,
            Opsets = new Dictionary<string, long> { [string.Empty] = 20, [Training] = 1 },
            FileName = "gradient.onnx",
            Graph = new OnnxGraph
            {
                Name = "gradient",
                Inputs = [.. names.Zip(shapes, (name, shape) => new OnnxValueInfo { Name = name, Type = new OnnxTensorType(OnnxElementType.Double, Parse(shape).Declared) })],
                Outputs = [.. outputs.Select(name => new OnnxValueInfo { Name = name, Type = new OnnxTensorType(OnnxElementType.Double, null) })],
                Initializers = initializers,
                Nodes = nodes,
            },
        };
        OnnxWriter.Write(model, new MemoryStream());
        var runner = new ProgramRunner(Compiling.Compile(model, new CompileOptions()).Program);
        return values => runner.Run([.. values.Zip(shapes, (value, shape) => Tensor.Of<double>(value, Parse(shape).Dims))]);
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Texts(params string[] texts) => [.. texts.Select(text => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(text))];

    // Positive, so that logarithms and powers are defined, and all different.
    private static (long[] Dims, double[] Values) Samples(string shape, int index)
    {
        var dims = Parse(shape).Dims;
        return (dims, [.. TinyModels.Samples((int)dims.Aggregate(1L, (a, b) => a * b), 10 + index).Select(value => 0.8 + (0.6 * value))]);
    }

    private static (OnnxDimension[] Declared, long[] Dims) Parse(string shape)
    {
        var parts = shape.Length == 0 ? [] : shape.Split(',').Select(part => part.Split('=')).ToArray();
        long[] dims = [.. parts.Select(part => long.Parse(part[^1], System.Globalization.CultureInfo.InvariantCulture))];
        return ([.. parts.Select((part, i) => part.Length == 2 ? OnnxDimension.Of(part[0]) : OnnxDimension.Of(dims[i]))], dims);
    }
}
