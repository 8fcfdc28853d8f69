using System;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Kernels;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Models in half precision compute in 32-bit floats between inputs and outputs of 16 bits.</summary>
public class HalfPrecisionTests
{
    [Fact]
    public void Only_inputs_and_outputs_stay_halves()
    {
        var builder = new GraphBuilder();
        var x = builder.Input("x", ElementType.Float16, "n", "2");
        var half = builder.Add("Cast", [builder.Add("Relu", [x])], ("to", (long)ElementType.Float16));
        var sizes = builder.Add("Shape", [half]);
        var graph = builder.ToGraph(builder.Add("Mul", [half, Halves(3)]), sizes, x);

        var widened = PassPipeline.Run(graph, Pipelines.Simplify, null);

        widened.Nodes.Select(node => node.Op.Name).ShouldBe(["Cast", "Relu", "Shape", "Mul", "Cast"], ignoreOrder: true);
        widened.Nodes.Where(node => !node.Is("Cast")).SelectMany(node => node.Inputs).ShouldAllBe(value => value!.Type.Element == ElementType.Float);
        widened.Outputs.Select(output => output.Value.Type.Element).ShouldBe([ElementType.Float16, ElementType.Int64, ElementType.Float16]);
        WidenHalfPrecision.Applies(widened).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_in_between_is_rounded_to_16_bits()
    {
        var builder = new GraphBuilder();
        var x = builder.Input("x", ElementType.Float16, "n");
        var large = builder.Add("Mul", [x, Halves(60000)]);
        var graph = PassPipeline.Run(builder.ToGraph(builder.Add("Div", [large, Halves(30000)])), Pipelines.Simplify, null);

        var y = new ProgramRunner(ProgramBuilder.Lower(graph)).Run([Tensor.Of<Half>([(Half)100, (Half)(-0.5f)], 2)])[0];

        y.As<Half>().ToArray().ShouldBe([(Half)200, (Half)(-1)]);
    }

    [Fact]
    public void Bfloat16_is_widened_like_float16_and_stays_what_it_is_outside()
    {
        var builder = new GraphBuilder();
        var x = builder.Input("x", ElementType.BFloat16, "n");
        var graph = PassPipeline.Run(builder.ToGraph(builder.Add("Exp", [builder.Add("Neg", [x])])), Pipelines.Simplify, null);

        graph.Nodes.Where(node => !node.Is("Cast")).SelectMany(node => node.Inputs).ShouldAllBe(value => value!.Type.Element == ElementType.Float);
        BFloat16[] values = [BFloat16.FromSingle(0, saturate: true), BFloat16.FromSingle(-1, saturate: true)];
        var y = new ProgramRunner(ProgramBuilder.Lower(graph)).Run([Tensor.Of<BFloat16>(values, 2)])[0];

        y.As<BFloat16>().ToArray().Select(BFloat16.ToSingle).ShouldBe([1f, 2.71875f]);
    }

    [Fact]
    public void The_bits_of_halves_are_not_those_of_wider_floats()
    {
        var builder = new GraphBuilder();
        var x = builder.Input("x", ElementType.Float16, "n");
        var bits = builder.Add("BitCast", [builder.Add("Mul", [x, Halves(2)])], ("to", (long)ElementType.UInt16));
        var graph = PassPipeline.Run(builder.ToGraph(bits), Pipelines.Simplify, null);

        var y = new ProgramRunner(ProgramBuilder.Lower(graph)).Run([Tensor.Of<Half>([(Half)0.5f, (Half)(-1)], 2)])[0];

        y.As<ushort>().ToArray().ShouldBe([0x3C00, 0xC000]);
    }

    private static Value Halves(float value) => Value.Of($"c{value}", Tensor.Of<Half>([(Half)value], 1));
}
