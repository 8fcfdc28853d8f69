extern alias generator;

using System.Collections.Generic;
using System.Linq;
using generator::ModelBuild.Generator.Emission;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>ONNX names can be any text; C# names cannot.</summary>
public class NameTests
{
    [Theory]
    [InlineData("input_ids", "InputIds", "inputIds")]
    [InlineData("/model/fc.1/Gemm:0", "ModelFc1Gemm0", "modelFc1Gemm0")]
    [InlineData("x", "X", "x")]
    [InlineData("X", "X", "x")]
    [InlineData("ABCDef", "ABCDef", "abcDef")]
    [InlineData("NHWC", "NHWC", "nhwc")]
    [InlineData("5", "_5", "_5")]
    [InlineData("1.5", "_1_5", "_1_5")]
    [InlineData("", "Value", "value")]
    [InlineData("\"*/\n", "Value", "value")]
    [InlineData("入力", "入力", "入力")]
    public void Names_become_identifiers(string onnxName, string pascal, string camel)
    {
        Identifiers.Pascal(onnxName).ShouldBe(pascal);
        Identifiers.Camel(onnxName).ShouldBe(camel);
    }

    [Fact]
    public void Names_that_differ_in_case_alone_are_told_apart()
    {
        HashSet<string> taken = [];

        Identifiers.Unique("x", taken).ShouldBe("x");
        Identifiers.Unique("X", taken).ShouldBe("X2");
        Identifiers.Unique("x1", taken).ShouldBe("x1");
        Identifiers.Unique("X1", taken).ShouldBe("X1_2");
    }

    [Fact]
    public void A_model_of_hostile_names_compiles_and_runs()
    {
        string[] names =
        [
            "class", "CLASS", "*/ } </summary> \" \\", "line\nbreak\u2028here", "\u202Eright to left", "&lt;&", "42", "arena", "sizes", "nameof", "workspace",
            "image", "Image", "Span", "名前", "half \ud83d", "\ud83d\ude00", "await", "value", "Weights", "Math", "default", "string", "_", "__",
        ];
        var sketch = new PlanSketch { ClassName = "ImageLength", Namespace = "event.@class".Replace("@", string.Empty, System.StringComparison.Ordinal) };
        var inputs = names.Select(name => sketch.Input(name, ElementType.Float, Dim.Symbol("n"))).ToList();
        var outputs = names.Select(name => sketch.Output(name, ElementType.Float, Dim.Symbol("n"))).ToList();
        var one = sketch.Constant("const \" */", 1);
        var prepared = sketch.Prepared("const \" */", 1);
        sketch.Symbol("n", input: 3, max: 1).Prepare("NegF32", one, prepared);
        foreach (var (input, output) in inputs.Zip(outputs))
        {
            var middle = sketch.Arena("arena", Dim.Symbol("n"));
            sketch.Binary("AddF32", input, prepared, middle).Unary("NegF32", middle, output);
        }

        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights);

        var results = model.Run([.. names.Select((_, i) => new[] { (float)i })]);
        results.Select(result => ((float[])result)[0]).ShouldBe(names.Select((_, i) => 1f - i));
    }
}
