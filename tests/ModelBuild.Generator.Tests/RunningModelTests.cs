using System;
using System.Linq;
using System.Runtime.Intrinsics.X86;
using System.Threading.Tasks;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>Generated classes, compiled, loaded and run.</summary>
public class RunningModelTests
{
    // Arenas of 64 bytes live on the stack in either case, of 4 KB only where it need not be cleared, of 64 KB never.
    [Theory]
    [InlineData(8, true)]
    [InlineData(8, false)]
    [InlineData(1024, true)]
    [InlineData(1024, false)]
    [InlineData(16384, true)]
    [InlineData(16384, false)]
    public void A_model_computes_what_its_kernels_compute_and_allocates_nothing(int length, bool allowUnsafe)
    {
        var sketch = AddThenRelu(length);
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights, allowUnsafe);
        Array[] inputs = [Range(length, i => i - 100f)];
        Array[] outputs = [new float[length]];
        var expected = Range(length, i => Math.Max(0, i - 100f + i + 1));

        model.Run(inputs).Single().ShouldBe(expected);
        AllocatedBytes(() => model.RunInto(inputs, outputs)).ShouldBe(0);
        outputs[0].ShouldBe(expected);
    }

    [Fact]
    public void A_workspace_of_the_caller_is_used_again()
    {
        var sketch = AddThenRelu(16384);
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights);
        Array[] inputs = [Range(16384, i => i - 100f)];
        Array[] outputs = [new float[16384]];
        var workspace = model.NewWorkspace();

        AllocatedBytes(() => model.RunWith(workspace, inputs, outputs)).ShouldBe(0);
        outputs[0].ShouldBe(Range(16384, i => Math.Max(0, i - 100f + i + 1)));
        Should.Throw<ArgumentNullException>(() => model.RunWith(null!, inputs, outputs)).ParamName.ShouldBe("workspace");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Weights_that_are_too_large_to_copy_are_read_in_place(bool allowUnsafe)
    {
        const int Length = (5 << 20) / 4;
        var sketch = AddThenRelu(Length);
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights, allowUnsafe);
        var input = new float[Length];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = model.Run([input]).Single();

        // The result and the arena are 5 MB each; a copy of the weights is another 5 MB.
        var megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) >> 20;
        megabytes.ShouldBeInRange(allowUnsafe ? 10 : 15, allowUnsafe ? 11 : 16);
        result.ShouldBe(Range(Length, i => i + 1f));
    }

    // On processors without AVX-512 nothing changes.
    [Fact]
    public void A_precompiled_model_comes_to_AVX512_after_30_calls_and_gives_the_same_answers_before_and_after()
    {
        const int Length = 1000;
        var sketch = AddThenRelu(Length);
        var model = GeneratedModel.CompileWith(sketch.Plan, sketch.Weights, "MODELBUILD_PRECOMPILED", "MODELBUILD_LATE_AVX512");
        var isUsed = model.Type.Assembly.GetType("ModelBuild.Kernels.LateAvx512", throwOnError: true)!.GetProperty("IsUsed")!;
        Array[] inputs = [Range(Length, i => i - 100f)];
        Array[] outputs = [new float[Length]];
        for (var call = 1; call <= 40; call++)
        {
            Array.Clear(outputs[0]);
            model.RunInto(inputs, outputs);

            outputs[0].ShouldBe(Range(Length, i => Math.Max(0, i - 100f + i + 1)));
            isUsed.GetValue(null).ShouldBe(call > 30 && Avx512BW.VL.IsSupported);
        }

        AllocatedBytes(() => model.RunInto(inputs, outputs)).ShouldBe(0);
    }

    [Fact]
    public void A_batch_of_any_size_gives_the_same_rows()
    {
        var sketch = Batched(out var rows);
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights);
        foreach (var batch in new[] { 1, 3, 64, 2, 1 })
        {
            Array[] inputs = [Range(batch * rows, i => i - 40f)];
            Array[] outputs = [new float[batch * rows]];

            model.Run(inputs).Single().ShouldBe(Range(batch * rows, i => Math.Abs(i - 40f) * 2));
            AllocatedBytes(() => model.RunInto(inputs, outputs)).ShouldBe(0);
            outputs[0].ShouldBe(Range(batch * rows, i => Math.Abs(i - 40f) * 2));
        }
    }

    [Fact]
    public async Task Sixteen_threads_do_not_disturb_each_other()
    {
        var sketch = Batched(out var rows);
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights);
        var wrong = await Task.WhenAll(Enumerable.Range(0, 16).Select(thread => Task.Factory.StartNew(
            () =>
            {
                var batch = (thread % 5) + 1;
                Array[] inputs = [Range(batch * rows, i => i - (thread * 1000f))];
                var expected = Range(batch * rows, i => Math.Abs(i - (thread * 1000f)) * 2);
                Array[] outputs = [new float[batch * rows]];
                return Enumerable.Range(0, 2000).Count(_ =>
                {
                    model.RunInto(inputs, outputs);
                    return !((float[])outputs[0]).AsSpan().SequenceEqual(expected);
                });
            },
            TaskCreationOptions.LongRunning)));

        wrong.Sum().ShouldBe(0);
    }

    [Fact]
    public void Several_outputs_come_as_a_tuple_with_their_names()
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, 4);
        var low = sketch.Output("low_part", ElementType.Float, 4);
        var high = sketch.Output("highPart", ElementType.Float, 4);
        sketch.Unary("NegF32", x, low).Unary("ReluF32", low, high);
        var model = GeneratedModel.Compile(
            sketch.Plan, sketch.Weights, sources: "static class Use { public static float[] Of(float[] x) => Sample.TestModel.Predict(x).HighPart; }");

        model.Run([new float[] { 1, -2, 3, -4 }]).ShouldBe([new float[] { -1, 2, -3, 4 }, new float[] { 0, 2, 0, 4 }]);
    }

    [Fact]
    public void Constants_are_prepared_once_before_the_first_run()
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, 4);
        var y = sketch.Output("y", ElementType.Float, 4);
        var weights = sketch.Constant("w", -1, -2, 3, 4);
        var magnitude = sketch.Prepared("magnitude", 4);
        var negated = sketch.Prepared("negated", 4);
        sketch.Prepare("AbsF32", weights, magnitude).Prepare("NegF32", magnitude, negated).Binary("AddF32", x, negated, y);
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights);

        model.Run([new float[] { 10, 20, 30, 40 }]).Single().ShouldBe(new float[] { 9, 18, 27, 36 });
        model.Run([new float[4]]).Single().ShouldBe(new float[] { -1, -2, -3, -4 });
    }

    [Fact]
    public void A_size_that_no_input_determines_is_a_parameter()
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, Dim.Symbol("batch") * Dim.Symbol("steps"));
        var y = sketch.Output("y", ElementType.Float, Dim.Symbol("batch"), Dim.Symbol("steps"));
        sketch.Symbol("steps", min: 2, max: 8).Symbol("batch", input: 0, divisor: Dim.Symbol("steps")).Unary("NegF32", x, y);
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights);

        model.Run([new float[] { 1, 2, 3, 4, 5, 6 }], 3).Single().ShouldBe(new float[] { -1, -2, -3, -4, -5, -6 });
        Should.Throw<ArgumentOutOfRangeException>(() => model.Run([new float[6]], 1)).Message.ShouldStartWith("Dimension 'steps' must be 2 to 8.");
        Should.Throw<ArgumentException>(() => model.Run([new float[6]], 4)).Message.ShouldStartWith("'x' has 6 values. Its shape is f32[batch*steps]: its length must be a multiple of 4.");
    }

    [Fact]
    public void Values_can_be_passed_as_bytes()
    {
        var sketch = AddThenRelu(2);
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights);

        model.RunBytes([BitConverter.GetBytes(1f).Concat(BitConverter.GetBytes(-5f)).ToArray()]).Single().ShouldBe([.. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(0f)]);
    }

    [Fact]
    public void Many_models_share_one_project_and_one_set_of_kernels()
    {
        var sketches = Enumerable.Range(1, 20).Select(i =>
        {
            var sketch = new PlanSketch { ClassName = $"Model{i}", Namespace = i % 2 == 0 ? "Even" : string.Empty };
            var x = sketch.Input("x", ElementType.Float, 1);
            var y = sketch.Output("y", ElementType.Float, 1);
            return sketch.Binary("MulF32", x, sketch.Constant("factor", i), y);
        }).ToList();

        var models = GeneratedModel.CompileAll([.. sketches.Select(sketch => (sketch.Plan, sketch.Weights))]);

        models.Select(model => ((float[])model.Run([new float[] { 10 }])[0])[0]).ShouldBe(Enumerable.Range(1, 20).Select(i => i * 10f));
    }

    [Fact]
    public void A_long_model_is_run_in_parts()
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, Dim.Symbol("n"));
        var y = sketch.Output("y", ElementType.Float, Dim.Symbol("n"));
        var one = sketch.Constant("one", 1);
        sketch.Symbol("n", input: 0, max: 1);
        var sum = x;
        for (var i = 0; i < 450; i++)
        {
            var next = sketch.Arena($"sum{i}", Dim.Symbol("n"));
            sketch.Binary("AddF32", sum, one, next);
            sum = next;
        }

        sketch.Unary("NegF32", sum, y);

        GeneratedModel.Compile(sketch.Plan, sketch.Weights).Run([new float[] { 0.5f }]).Single().ShouldBe(new[] { -450.5f });
    }

    internal static PlanSketch AddThenRelu(int length)
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, 1, length);
        var y = sketch.Output("y", ElementType.Float, 1, length);
        var bias = sketch.Constant("bias", Range(length, i => i + 1f));
        var sum = sketch.Arena("sum", 1, length);
        return sketch.Binary("AddF32", x, bias, sum).Unary("ReluF32", sum, y);
    }

    // |x| + |x|, by way of two slots whose place depends on the batch.
    internal static PlanSketch Batched(out int rows)
    {
        rows = 100;
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, Dim.Symbol("batch"), rows);
        var y = sketch.Output("y", ElementType.Float, Dim.Symbol("batch"), rows);
        sketch.Symbol("batch", input: 0, divisor: rows);
        var negative = sketch.Arena("negative", Dim.Symbol("batch"), rows);
        var magnitude = sketch.Arena("magnitude", Dim.Symbol("batch"), rows);
        return sketch.Unary("NegF32", x, negative).Unary("AbsF32", negative, magnitude).Binary("AddF32", magnitude, magnitude, y);
    }

    internal static float[] Range(int length, Func<int, float> value) => [.. Enumerable.Range(0, length).Select(value)];

    internal static long AllocatedBytes(Action action)
    {
        for (var i = 0; i < 3; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
