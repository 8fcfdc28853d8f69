using System;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;
using static ModelBuild.Generator.Tests.RunningModelTests;

namespace ModelBuild.Generator.Tests;

/// <summary>Generated classes whose steps run on several threads.</summary>
public class ParallelModelTests
{
    [Theory]
    [InlineData(2, 100)]
    [InlineData(4, 16384)]
    [InlineData(64, 16384)]
    [InlineData(0, 16384)]
    public void Any_number_of_threads_computes_the_same_and_allocates_nothing(int threads, int length)
    {
        var sketch = AddThenRelu(length);
        var model = GeneratedModel.Compile(Threads.Of(sketch.Plan, threads, parts: Math.Max(threads, 3)), sketch.Weights);
        Array[] inputs = [Range(length, i => i - 100f)];
        Array[] outputs = [new float[length]];

        AllocatedBytes(() => model.RunInto(inputs, outputs)).ShouldBe(0);
        outputs[0].ShouldBe(Range(length, i => Math.Max(0, i - 100f + i + 1)));
        AllocatedBytes(WithWorkspace(model, inputs, outputs)).ShouldBe(0);
        outputs[0].ShouldBe(Range(length, i => Math.Max(0, i - 100f + i + 1)));
    }

    [Fact]
    public void The_number_of_parts_may_depend_on_sizes_of_the_run()
    {
        var sketch = Batched(out var rows);
        var plan = Threads.Of(sketch.Plan, 4, Dim.Min(Dim.FloorDiv(Dim.Symbol("batch"), 2), 4));
        var model = GeneratedModel.Compile(plan, sketch.Weights);
        foreach (var batch in new[] { 1, 3, 64, 2 })
        {
            model.Run([Range(batch * rows, i => i - 40f)]).Single().ShouldBe(Range(batch * rows, i => Math.Abs(i - 40f) * 2));
        }
    }

    [Fact]
    public async Task Sixteen_callers_do_not_disturb_each_other()
    {
        var sketch = Batched(out var rows);
        var model = GeneratedModel.Compile(Threads.Of(sketch.Plan, 4), sketch.Weights);
        var wrong = await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Factory.StartNew(
            () =>
            {
                var batch = (caller % 5) + 1;
                Array[] inputs = [Range(batch * rows, i => i - (caller * 1000f))];
                var expected = Range(batch * rows, i => Math.Abs(i - (caller * 1000f)) * 2);
                Array[] outputs = [new float[batch * rows]];
                return Enumerable.Range(0, 500).Count(_ =>
                {
                    model.RunInto(inputs, outputs);
                    return !((float[])outputs[0]).AsSpan().SequenceEqual(expected);
                });
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        wrong.Sum().ShouldBe(0);
    }

    [Fact]
    public void An_observer_sees_whole_steps_and_may_run_the_model_itself()
    {
        const string Observer =
            """
            namespace Sample;

            partial class TestModel
            {
                internal static readonly global::System.Collections.Generic.List<string> Seen = [];
                private static bool _isInside;

                static partial void OnStep(string onnxName, global::System.ReadOnlySpan<float> values)
                {
                    Seen.Add($"{onnxName}: {values.Length} values to {values[^1]}");
                    if (!_isInside)
                    {
                        _isInside = true;
                        Predict(new float[values.Length]);
                        _isInside = false;
                    }
                }
            }
            """;
        var sketch = AddThenRelu(1000);
        var model = GeneratedModel.Compile(Threads.Of(sketch.Plan, 4), sketch.Weights, allowUnsafe: true, Observer);

        model.Run([Range(1000, _ => 1f)]);

        string[] inner = ["sum: 1000 values to 1000", "y: 1000 values to 1000"];
        model.Type.GetField("Seen", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null).ShouldBe(
            new[] { "sum: 1000 values to 1001", inner[0], inner[1], "y: 1000 values to 1001", inner[0], inner[1] });
    }

    [Fact]
    public void Only_a_model_that_uses_threads_brings_their_sources_along()
    {
        bool Forks(ModelPlan plan) => GeneratorRun.Of([("/obj/test.plan", PlanWriter.Write(plan))]).Result.GeneratedSources.Any(source => source.HintName.Contains("ForkJoin", StringComparison.Ordinal));
        var plan = AddThenRelu(8).Plan;

        Forks(plan).ShouldBeFalse();
        Forks(Threads.Of(plan, 4, parts: 1)).ShouldBeFalse();
        Forks(Threads.Of(plan, 4)).ShouldBeTrue();
    }

    private static Action WithWorkspace(GeneratedModel model, Array[] inputs, Array[] outputs)
    {
        var workspace = model.NewWorkspace();
        return () => model.RunWith(workspace, inputs, outputs);
    }
}
