using System;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace ModelBuild.Plan.Tests;

/// <summary>What is written is what is read.</summary>
public class RoundTripTests
{
    [Fact]
    public void A_plan_survives_as_a_whole()
    {
        var plan = SamplePlan.Create();

        var copy = PlanReader.Read(PlanWriter.Write(plan));

        copy.Source.ShouldBe(plan.Source);
        copy.Weights.ShouldBe(plan.Weights);
        (copy.Key, copy.ClassName, copy.Namespace, copy.PreparedLength, copy.Threads).ShouldBe((plan.Key, plan.ClassName, plan.Namespace, plan.PreparedLength, plan.Threads));
        copy.Summary.ShouldBe(plan.Summary);
        copy.Symbols.ShouldBe(plan.Symbols);
        copy.Slots.ShouldBe(plan.Slots);
        copy.Buffers.Select(buffer => buffer with { Shape = [] }).ShouldBe(plan.Buffers.Select(buffer => buffer with { Shape = [] }));
        copy.Buffers.Select(buffer => buffer.Shape).ShouldBe(plan.Buffers.Select(buffer => buffer.Shape));
        copy.PrepareSteps.Count.ShouldBe(1);
        copy.Calls.ElementAt(0).Kernel.ShouldBe("DenseF32.Run");
        copy.Calls.ElementAt(0).TypeArguments.ShouldBe(plan.Calls.ElementAt(0).TypeArguments);
        copy.Steps[0].Nodes.ShouldBe(plan.Steps[0].Nodes);
        copy.Steps[0].Note.ShouldBe(plan.Steps[0].Note);
        copy.Calls.ElementAt(0).Arguments.Take(7).ShouldBe(plan.Calls.ElementAt(0).Arguments.Take(7));
        copy.Calls.ElementAt(0).Arguments[7].ShouldBeOfType<StructArgument>().Fields.ShouldBe(((StructArgument)plan.Calls.ElementAt(0).Arguments[7]).Fields);
        copy.Calls.ElementAt(0).Arguments[8].ShouldBeOfType<StructArgument>().Fields.ShouldBeEmpty();
        copy.Calls.ElementAt(1).Arguments.ShouldBeEmpty();
        PlanWriter.Write(copy).ShouldBe(PlanWriter.Write(plan));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a \"quote\" and a \\ and a \\u0041")]
    [InlineData("line\r\nline\nline\u2028\u2029\u0085")]
    [InlineData("\0\u001f\u007f\ufeff")]
    [InlineData("half a character \ud83d, a whole one \ud83d\ude00 and the other half \ude00")]
    [InlineData("名前/Conv:0 */ <b>")]
    public void Hostile_text_survives_through_a_file(string text) => ThroughFile(SamplePlan.Create(text)).Steps[0].Nodes[0].ShouldBe(text);

    [Fact]
    public void Any_text_survives() =>
        Prop.ForAll<NonNull<string>>(text => ThroughFile(SamplePlan.Create(text.Get)).Source.File == text.Get).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_float_survives_to_the_bit() => Prop.ForAll<int>(ShouldSurvive).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0x7F800000)]
    [InlineData(0x7FC00001)]
    [InlineData(unchecked((int)0xFFC00000))]
    [InlineData(unchecked((int)0xFF800000))]
    [InlineData(unchecked((int)0x80000000))]
    [InlineData(1)]
    public void Special_floats_survive(int bits) => ShouldSurvive(bits).ShouldBeTrue();

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    public void Extreme_integers_survive(long value) =>
        ThroughFile(SamplePlan.Create(anyInteger: value)).Calls.ElementAt(0).Arguments[3].ShouldBe(new ScalarArgument("last", value));

    [Fact]
    public void A_name_that_would_break_a_line_is_refused() =>
        Should.Throw<ArgumentException>(() => PlanWriter.Write(SamplePlan.Create() with { ClassName = "two words" })).Message.ShouldContain("two words");

    private static ModelPlan ThroughFile(ModelPlan plan) => PlanReader.Read(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(PlanWriter.Write(plan))));

    private static bool ShouldSurvive(int bits)
    {
        var copy = ThroughFile(SamplePlan.Create(anyFloat: BitConverter.Int32BitsToSingle(bits)));
        var value = ((FloatScalar)((ScalarArgument)copy.Calls.ElementAt(0).Arguments[4]).Value).Value;
        return BitConverter.SingleToInt32Bits(value) == bits;
    }
}
