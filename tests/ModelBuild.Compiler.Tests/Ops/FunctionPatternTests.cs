using System;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Functions that exporters write as several nodes: they are recognized in all their forms, and what only looks like them is left alone.</summary>
public class FunctionPatternTests
{
    [Theory]
    [InlineData("s = Sigmoid x; y = Mul x s", "Swish")]
    [InlineData("s = Sigmoid x; y = Mul s x", "Swish")]
    [InlineData("a = Add x 3; c = Clip a 0 6; d = Div c 6; y = Mul x d", "HardSwish")]
    [InlineData("a = Add 3 x; c = Clip a 0 6; p = Mul x c; y = Div p 6", "HardSwish")]
    [InlineData("a = Add x 3; c = Clip a 0 6; p = Mul c x; y = Mul p 0.16666667", "HardSwish")]
    [InlineData("h = HardSigmoid x; y = Mul x h", "HardSwish")]
    [InlineData("d = Div x 1.4142135; e = Erf d; a = Add e 1; p = Mul x a; y = Mul p 0.5", "Gelu")]
    [InlineData("d = Mul x 0.70710677; e = Erf d; a = Add 1 e; h = Mul x 0.5; y = Mul h a", "Gelu")]
    [InlineData("d = Div x 1.4142135; e = Erf d; a = Add e 1; h = Mul a 0.5; y = Mul x h", "Gelu")]
    [InlineData("c = Pow x 3; f = Mul c 0.044715; i = Add x f; t = Mul i 0.7978846; e = Tanh t; a = Add e 1; h = Mul x 0.5; y = Mul h a", "Gelu", true)]
    [InlineData("f = Mul 0.044715 x; g = Mul x f; c = Mul x g; i = Add x c; t = Mul 0.7978846 i; e = Tanh t; a = Add 1 e; h = Mul 0.5 a; y = Mul x h", "Gelu", true)]
    [InlineData("s = Mul x x; c = Mul s x; f = Mul c 0.044715; i = Add f x; t = Mul i 0.7978846; e = Tanh t; a = Add e 1; p = Mul x a; y = Mul p 0.5", "Gelu", true)]
    public void A_function_is_recognized(string nodes, string op, bool isApproximated = false)
    {
        var compiled = Compiling.Compile(Model(nodes), new CompileOptions());

        compiled.Graph.Nodes.ShouldHaveSingleItem().Op.Name.ShouldBe(op);
        float[] x = [-20, -6, -3, -2.5f, -1, -0.1f, 0, 0.1f, 1, 2.5f, 3, 6, 20];
        var y = new ProgramRunner(compiled.Program).Run([Tensor.Of<float>(x, x.Length)])[0].As<float>().ToArray();
        foreach (var (value, expected) in y.Zip(x.Select(v => Defined(isApproximated ? "GeluTanh" : op, v))))
        {
            value.ShouldBe((float)expected, 1e-5 + (1e-5 * Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData("s = Sigmoid x; n = Neg x; y = Mul n s")]
    [InlineData("a = Add x 2.9; c = Clip a 0 6; d = Div c 6; y = Mul x d")]
    [InlineData("a = Add x 3; c = Clip a 0 5; d = Div c 6; y = Mul x d")]
    [InlineData("n = Neg x; a = Add n 3; c = Clip a 0 6; d = Div c 6; y = Mul x d")]
    [InlineData("d = Div x 1.5; e = Erf d; a = Add e 1; p = Mul x a; y = Mul p 0.5")]
    [InlineData("d = Div x 1.4142135; e = Erf d; a = Add e 2; p = Mul x a; y = Mul p 0.5")]
    [InlineData("d = Div x 1.4142135; e = Erf d; a = Add e 1; n = Neg x; p = Mul n a; y = Mul p 0.5")]
    [InlineData("c = Pow x 2; f = Mul c 0.044715; i = Add x f; t = Mul i 0.7978846; e = Tanh t; a = Add e 1; h = Mul x 0.5; y = Mul h a")]
    [InlineData("n = Neg x; c = Pow n 3; f = Mul c 0.044715; i = Add x f; t = Mul i 0.7978846; e = Tanh t; a = Add e 1; h = Mul x 0.5; y = Mul h a")]
    [InlineData("c = Pow x 3; f = Mul c 0.044; i = Add x f; t = Mul i 0.7978846; e = Tanh t; a = Add e 1; h = Mul x 0.5; y = Mul h a")]
    public void What_only_looks_like_a_function_is_left_alone(string nodes)
    {
        var compiled = Compiling.Compile(Model(nodes), new CompileOptions());

        compiled.Graph.Nodes.Select(node => node.Op.Name).ShouldNotContain(name => name == "Swish" || name == "HardSwish" || name == "Gelu");
    }

    [Theory]
    [InlineData("p = Pow d 2", true)]
    [InlineData("p = Mul d d", true)]
    [InlineData("p = Pow d 3", false)]
    public void A_layer_normalization_is_recognized(string square, bool isOne)
    {
        var nodes = $"m = ReduceMean x; d = Sub x m; {square}; v = ReduceMean p; a = Add v 0.001; r = Sqrt a; q = Div d r; s = Mul q w; y = Add s b";
        var compiled = Compiling.Compile(Model(nodes, 3, 8), new CompileOptions());

        compiled.Graph.Nodes.Any(node => node.Op.Name == "LayerNormalization").ShouldBe(isOne);
        if (!isOne)
        {
            return;
        }

        var x = TinyModels.Samples(24).ToArray();
        var y = new ProgramRunner(compiled.Program).Run([Tensor.Of<float>(x, 3, 8)])[0].As<float>().ToArray();
        for (var row = 0; row < 3; row++)
        {
            var values = x.Skip(8 * row).Take(8).Select(v => (double)v).ToArray();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) + 0.001);
            y.Skip(8 * row).Take(8).Select(v => (double)v).ToArray().ShouldBe(values.Select(v => (v - mean) / deviation), 1e-4); // The scale is 1, the bias 0.
        }
    }

    private static double Defined(string op, double x) => op switch
    {
        "Swish" => x / (1 + Math.Exp(-x)),
        "HardSwish" => x * Math.Clamp((x / 6) + 0.5, 0, 1),
        "GeluTanh" => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        _ => x / 2 * (1 + Erf(x / Math.Sqrt(2))),
    };

    // The series of Abramowitz and Stegun, 7.1.6, which converges everywhere.
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        var (term, sum) = (x, x);
        for (var n = 1; n < 300; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // Nodes as "output = Op input input"; a number is a constant, w is ones and b zeros along the last axis.
    private static OnnxModel Model(string nodes, params long[] dims)
    {
        var model = new TinyModels().Ones("w", 8).Indices("zeros", [.. new long[8]], 8).Node("Cast", "b", ["zeros"], OnnxAttribute.Of("to", 1L));
        foreach (var words in nodes.Split("; ").Select(node => node.Split(' ')))
        {
            foreach (var number in words.Skip(3).Where(word => char.IsAsciiDigit(word[0])))
            {
                model.Node("Constant", $"{words[0]}_{number}", [], OnnxAttribute.Of("value_float", float.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));
            }

            OnnxAttribute[] attributes = words[2] == "ReduceMean" ? [OnnxAttribute.Of("axes", (long[])[-1])]
                : words[2] == "HardSigmoid" ? [OnnxAttribute.Of("alpha", 1f / 6)]
                : [];
            model.Node(words[2], words[0], [.. words.Skip(3).Select(word => char.IsAsciiDigit(word[0]) ? $"{words[0]}_{word}" : word)], attributes);
        }

        return model.Model("y", 13, [.. (dims.Length == 0 ? [13L] : dims).Select(OnnxDimension.Of)]);
    }
}
