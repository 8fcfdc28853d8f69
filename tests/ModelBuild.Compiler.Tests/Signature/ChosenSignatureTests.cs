using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Signature;

/// <summary>Inputs and outputs that the user of a model chooses.</summary>
public class ChosenSignatureTests
{
    private static readonly float[] X = [1, 2, 3, 4];

    [Fact]
    public void Only_chosen_outputs_are_computed()
    {
        var all = Compiling.Compile(Scaled(), new CompileOptions());
        var one = Compiling.Compile(Scaled(), new CompileOptions { Outputs = ["root"] });

        all.Program.Calls.Count().ShouldBe(2);
        one.Program.Calls.Count().ShouldBe(1);
        Generate(one).Run([new float[] { 4, 9, 16, 25 }]).ShouldHaveSingleItem().ShouldBe(new float[] { 2, 3, 4, 5 });
    }

    [Fact]
    public void Outputs_come_in_the_order_in_which_they_are_chosen() =>
        Compiling.Compile(Scaled(), new CompileOptions { Outputs = ["root", "y"] }).Graph.Outputs.Select(output => output.Name).ShouldBe(["root", "y"]);

    [Fact]
    public void An_input_with_a_value_is_a_constant_unless_it_is_chosen()
    {
        Compiling.Compile(Scaled(), new CompileOptions()).Graph.Inputs.Select(input => input.Name).ShouldBe(["x"]);
        var compiled = Compiling.Compile(Scaled(), new CompileOptions { OptionalInputs = ["scale"], Outputs = ["y"] });
        compiled.Graph.Inputs.Select(input => input.Name).ShouldBe(["x", "scale"]);

        var generated = Generate(compiled);
        generated.Run([X, new float[] { 1, 1, 1, 2 }]).ShouldHaveSingleItem().ShouldBe(new float[] { 1, 2, 3, 8 });
        generated.Run([X, Array.Empty<float>()]).ShouldHaveSingleItem().ShouldBe(new float[] { 10, 20, 30, 40 });
        new ProgramRunner(compiled.Program).Run([IR.Tensor.Of<float>(X, 4)])[0].As<float>().ToArray().ShouldBe([10, 20, 30, 40]);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("y")]
    [InlineData("nothing")]
    public void What_has_no_value_cannot_be_optional(string name) =>
        Compiling.Errors(Scaled(), new CompileOptions { OptionalInputs = [name] }).ShouldHaveSingleItem().ShouldContain($"OptionalInputs names \"{name}\", but the inputs with a value of the model are \"scale\"");

    [Fact]
    public void A_model_may_list_a_value_as_two_outputs()
    {
        var results = Generate(Compiling.Compile(Scaled("y", "root", "y"), new CompileOptions())).Run([X]);
        results.Length.ShouldBe(3);
        results[0].ShouldBe(new float[] { 10, 20, 30, 40 });
        results[2].ShouldBe(results[0]);
    }

    [Fact]
    public void All_wrong_names_are_reported_at_once() => Compiling.Errors(Scaled(), new CompileOptions { OptionalInputs = ["a"], Outputs = ["b", "c", "y", "y"] }).Length.ShouldBe(4);

    // y = x * scale; root = sqrt(x). Scale is an input and has a value.
    private static OnnxModel Scaled(params string[] outputs)
    {
        var type = new OnnxTensorType(OnnxElementType.Float, [OnnxDimension.Of(4)]);
        return new OnnxModel
        {
            IrVersion = 3,
            Opsets = new Dictionary<string, long> { [string.Empty] = 13 },
            FileName = "scaled.onnx",
            Graph = new OnnxGraph
            {
                Name = "scaled",
                Inputs = [new OnnxValueInfo { Name = "x", Type = type }, new OnnxValueInfo { Name = "scale", Type = type }],
                Outputs = [.. (outputs.Length > 0 ? outputs : ["y", "root"]).Select(name => new OnnxValueInfo { Name = name, Type = type })],
                Initializers = [new OnnxTensor { Name = "scale", ElementType = OnnxElementType.Float, Dims = [4], Data = MemoryMarshal.AsBytes<float>(new float[] { 10, 10, 10, 10 }).ToArray() }],
                Nodes = [new OnnxNode { Name = "mul", OpType = "Mul", Inputs = ["x", "scale"], Outputs = ["y"] }, new OnnxNode { Name = "sqrt", OpType = "Sqrt", Inputs = ["x"], Outputs = ["root"], Index = 1 }],
            },
        };
    }

    private static GeneratedModel Generate(CompiledModel compiled)
    {
        var (plan, weights) = compiled.ToPlan(new PlanIdentity(new string('0', 64), new ModelSource("model.onnx", new string('0', 64), "", ""), "TestedModel", "Tested", "tested.weights", 1));
        return GeneratedModel.Compile(PlanReader.Read(PlanWriter.Write(plan)), weights.ToArray());
    }
}
