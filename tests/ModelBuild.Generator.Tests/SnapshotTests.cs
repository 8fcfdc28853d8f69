using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>Whole generated files, as they were accepted by a reader.</summary>
public class SnapshotTests
{
    [Fact]
    public void A_class_with_fixed_sizes_reads_well()
    {
        var sketch = new PlanSketch { ClassName = "GateModel" };
        var x = sketch.Input("features", ElementType.Float, 1, 8);
        var y = sketch.Output("gated", ElementType.Float, 1, 8);
        var bias = sketch.Constant("gate.bias", 1, 2, 3, 4, 5, 6, 7, 8);
        var halves = sketch.Prepared("gate.bias.abs", 8);
        var sum = sketch.Arena("sum_out", 1, 8);
        var clipped = sketch.Arena("clip out", 1, 8);
        sketch.Prepare("AbsF32", bias, halves)
            .Binary("AddF32", x, bias, sum)
            .Unary("ClampF32", sum, clipped, new StructField("Minimum", 0f), new StructField("Maximum", float.PositiveInfinity))
            .Binary("MulF32", clipped, halves, y);

        Match(sketch);
    }

    [Fact]
    public void A_class_with_sizes_of_the_run_reads_well()
    {
        var sketch = new PlanSketch { ClassName = "SequenceModel" };
        var x = sketch.Input("tokens", ElementType.Float, Dim.Symbol("batch"), 16, Dim.Symbol("sequence_length"));
        var mask = sketch.Input("mask", ElementType.Float, Dim.Symbol("batch"), 16, Dim.Symbol("sequence_length"));
        var y = sketch.Output("scores", ElementType.Float, Dim.Symbol("batch"), 16, Dim.Symbol("sequence_length"));
        var z = sketch.Output("pooled", ElementType.Float, Dim.Symbol("batch"), 16, Dim.FloorDiv(Dim.Symbol("sequence_length") + 1, 2));
        sketch.Symbol("sequence_length", min: 1, max: 512).Symbol("batch", input: 0, divisor: 16 * Dim.Symbol("sequence_length"));
        var sum = sketch.Arena("sum", Dim.Symbol("batch"), 16, Dim.Symbol("sequence_length"));
        var half = sketch.Arena("half", Dim.Symbol("batch"), 16, Dim.FloorDiv(Dim.Symbol("sequence_length") + 1, 2));
        sketch.Binary("AddF32", x, mask, sum).Unary("ReluF32", sum, y).Unary("AbsF32", sum, half).Unary("ReluF32", half, z);

        Match(sketch);
    }

    [Fact]
    public void A_class_with_states_and_an_optional_input_reads_well()
    {
        var batch = Dim.Symbol("batch");
        var sketch = new PlanSketch { ClassName = "StreamModel", States = [new PlanState(1, 4)] };
        var (frame, past, gain) = (sketch.Input("frame", ElementType.Float, batch, 4), sketch.Input("past", ElementType.Float, batch, 4), sketch.Input("gain", ElementType.Float, 4));
        var (speech, next) = (sketch.Output("speech", ElementType.Float, batch, 4), sketch.Output("past_next", ElementType.Float, batch, 4));
        var standard = sketch.Constant("gain_default", 1, 1, 1, 1);
        sketch.Symbol("batch", input: 0, divisor: 4, max: 16).Binary("AddF32", frame, past, next).Unary("ReluF32", gain, speech);

        Match(sketch.Plan with { Defaults = [new PlanDefault(gain, standard)] });
    }

    [Fact]
    public void A_class_that_uses_several_threads_reads_well()
    {
        var sketch = new PlanSketch { ClassName = "ParallelModel" };
        var x = sketch.Input("samples", ElementType.Float, Dim.Symbol("batch"), 16384);
        var y = sketch.Output("levels", ElementType.Float, Dim.Symbol("batch"), 16384);
        sketch.Symbol("batch", input: 0, divisor: 16384);
        var sum = sketch.Arena("sum", Dim.Symbol("batch"), 16384);
        var small = sketch.Arena("small", 1, 8);
        sketch.Unary("ReluF32", x, sum).Unary("AbsF32", small, small).Unary("SigmoidF32", sum, y);
        var plan = Threads.Of(sketch.Plan, 4, Dim.Min(Dim.FloorDiv(Dim.Symbol("batch"), 2), 4));

        Match(plan with { Steps = [plan.Steps[0], (KernelCall)plan.Steps[1] with { Parts = 1 }, plan.Steps[2]] });
    }

    [Fact]
    public void A_class_of_which_only_the_signature_is_known_reads_well()
    {
        var sketch = new PlanSketch { ClassName = "UnbuiltModel", Namespace = string.Empty };
        sketch.Input("image", ElementType.UInt8, Dim.Symbol("batch"), 28, 28);
        sketch.Output("class", ElementType.Int64, Dim.Symbol("batch"));
        sketch.Output("scores", ElementType.Float16, Dim.Symbol("batch"), 10);
        sketch.Symbol("batch", input: 0, divisor: 784);

        Match(sketch);
    }

    private static void Match(PlanSketch sketch, [System.Runtime.CompilerServices.CallerMemberName] string method = "") => Match(sketch.Plan, method);

    private static void Match(ModelPlan plan, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var run = GeneratorRun.Of([("/obj/test.plan", PlanWriter.Write(plan))]);

        run.Diagnostics.ShouldBeEmpty();
        Snapshot.Match(run.File(plan.ClassName + ".g.cs"), method: method);
    }
}
