using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Threads;

/// <summary>Real models on several threads: the same bits as on one, from the generated class and from the compiler's own run.</summary>
public class ThreadsTests
{
    public static TheoryData<string, int> Models => new()
    {
        { "mnist_lenet_bn", 32 }, { "mnist_lenet_bn", 8 }, { "mnist_mlp", 32 }, { "mnist_mlp", 8 },
        { "mlperf_resnet8", 32 }, { "mlperf_resnet8", 8 }, { "squeezenet1_0_fp32", 32 }, { "squeezenet1_0_fp32", 8 },
    };

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Several_threads_give_the_bits_of_one_and_allocate_nothing(string name, int bits)
    {
        var (path, samples) = Problem(name);
        var options = new CompileOptions { Bits = (Precision)bits };
        var model = Compiling.Read(path);
        var whole = Compiling.Compile(model, options);
        var expected = Generated(whole, 1, "One").RunBytes([samples.Bytes.ToArray()]);
        Check(whole with { Program = InParts(whole.Program, 3) }, 3, samples, expected);
        foreach (var threads in new[] { 2, 4, 0 })
        {
            Check(Compiling.Compile(model, options with { Threads = threads }), threads, samples, expected);
        }
    }

    [SkippableTheory]
    [InlineData("adult_mlp", 1, 1, 1)]
    [InlineData("adult_mlp", 64, 1, 4)]
    [InlineData("adult_mlp", 4096, 4, 4)]
    [InlineData("mnist_lenet_bn", 1, 1, 4)]
    [InlineData("mlperf_resnet8", 1, 4, 2)]
    public void Only_steps_that_are_worth_it_run_on_several_threads(string name, int batch, int parts, int briefParts)
    {
        // One row of the small network is done in a microsecond: whether more threads pay is known when the batch is. LeNet has steps that pay if threads are awake.
        var (path, _) = Problem(name);
        var steps = Compiling.Compile(Compiling.Read(path), new CompileOptions { Threads = 4 }).Program.Calls.ToArray();
        steps.Any(step => step.Call.IsParallel).ShouldBeTrue();
        steps.Max(step => Math.Max(step.Call.Parts.Evaluate(_ => batch), 1)).ShouldBe(parts);
        steps.Max(step => Math.Max(step.Call.BriefParts.Evaluate(_ => batch), 1)).ShouldBe(briefParts);
    }

    [SkippableTheory]
    [InlineData(4)]
    [InlineData(0)]
    public void Each_part_of_an_8_bit_layer_has_the_scratch_memory_of_one_thread(int threads)
    {
        var (path, _) = Problem("mlperf_resnet8");
        var options = new CompileOptions { Bits = (Precision)8 };
        var alone = Compiling.Compile(Compiling.Read(path), options).Program;
        var shared = Compiling.Compile(Compiling.Read(path), options with { Threads = threads }).Program;
        var layers = shared.Calls.Where(step => step.PartMethod?.DeclaringType == typeof(Kernels.ConvInt8Parts) && step.Call.IsParallel).ToList();
        layers.ShouldNotBeEmpty();
        foreach (var layer in layers)
        {
            var scratch = layer.Call.Arguments.OfType<BufferArgument>().Single(argument => argument.Parameter == "scratch").Buffer;
            var (one, all) = ((int)alone.Buffers[scratch].Type.Length.Constant, (int)shared.Buffers[scratch].Type.Length.Constant);
            var parts = (int)Math.Min(Math.Max(layer.Call.Parts.Constant, layer.Call.BriefParts.Constant), threads == 0 ? 16 : threads);
            Kernels.ScratchShare.Of(all, one, part: parts - 1, parts).IsIdle.ShouldBeFalse(layer.ToString());
        }
    }

    [SkippableFact]
    public void Sixteen_callers_get_the_bits_that_one_gets()
    {
        var (path, samples) = Problem("mlperf_resnet8");
        var generated = Generated(Compiling.Compile(Compiling.Read(path), new CompileOptions { Threads = 4 }), 4, "Shared");
        var expected = generated.RunBytes([samples.Bytes.ToArray()])[0];
        var wrong = 0;
        var callers = Enumerable.Range(0, 16).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 30; i++)
            {
                Interlocked.Add(ref wrong, generated.RunBytes([samples.Bytes.ToArray()])[0].AsSpan().SequenceEqual(expected) ? 0 : 1);
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        wrong.ShouldBe(0);
    }

    [SkippableFact]
    public void One_thread_leaves_the_plan_as_it_was()
    {
        var (path, _) = Problem("mlperf_resnet8");
        PlanWriter.Write(Plan(Compiling.Compile(Compiling.Read(path), new CompileOptions()), 1, "Model").Plan).ShouldNotContain("parts");
    }

    [Fact]
    public void A_kernel_has_parts_if_there_is_a_class_for_them()
    {
        var whole = typeof(Kernels.ConvF32).GetMethod(nameof(Kernels.ConvF32.RunResidual))!;
        KernelMethod.FindPart(whole).ShouldBe(typeof(Kernels.ConvF32Parts).GetMethod(nameof(Kernels.ConvF32.RunResidual)));
        KernelMethod.FindPart(typeof(Kernels.Fill).GetMethods().First(method => method.Name == "Run")).ShouldBeNull();
    }

    private static void Check(CompiledModel compiled, int threads, Tensor samples, byte[][] expected)
    {
        var generated = Generated(compiled, threads, $"Of{threads}");
        generated.RunBytes([samples.Bytes.ToArray()]).ShouldBe(expected, $"{threads} threads");
        new ProgramRunner(compiled.Program).Run([samples]).Select(output => output.Bytes.ToArray()).ShouldBe(expected, $"{threads} threads, the compiler's own run");

        Array[] inputs = [samples.As<float>().ToArray()];
        Array[] outputs = [.. expected.Select(bytes => new float[bytes.Length / sizeof(float)])];
        var allocated = Enumerable.Range(0, 5).Min(_ =>
        {
            // The least of some calls: when a thread takes a part that it never had, the runtime may compile code for it, and allocates itself.
            var before = GC.GetAllocatedBytesForCurrentThread();
            generated.RunInto(inputs, outputs);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        allocated.ShouldBe(0, $"{threads} threads");
        outputs.Select(output => MemoryMarshal.AsBytes<float>((float[])output).ToArray()).ShouldBe(expected, $"{threads} threads, again");
    }

    // Every step that can be cut, whether it pays or not.
    private static KernelProgram InParts(KernelProgram program, int parts) => program with
    {
        Steps = [.. program.Calls.Select(step => step.PartMethod is null ? step : step with { Call = step.Call with { Parts = parts } })],
    };

    // A batch of 64 where the model takes one.
    private static (string Path, Tensor Samples) Problem(string name)
    {
        if (TrainedModel.All.FirstOrDefault(model => model.Name == name) is { } trained)
        {
            var inputs = trained.TestInputs.Slice(0, trained.DynamicBatch ? 64 : 1);
            return (trained.ModelPath, new Tensor(ElementType.Float, inputs.Shape, inputs.Bytes.ToArray()));
        }

        var real = RealModel.Require(name);
        var input = real.Runs.First().Inputs[0];
        return (real.ModelPath, new Tensor(ElementType.Float, input.Shape, input.Bytes.ToArray()));
    }

    private static GeneratedModel Generated(CompiledModel compiled, int threads, string className)
    {
        var (plan, weights) = Plan(compiled, threads, className);
        return GeneratedModel.Compile(PlanReader.Read(PlanWriter.Write(plan)), weights);
    }

    private static (ModelPlan Plan, byte[] Weights) Plan(CompiledModel compiled, int threads, string className)
    {
        var (plan, weights) = compiled.ToPlan(new PlanIdentity(new string('0', 64), new ModelSource("model.onnx", new string('0', 64), "", ""), className, "Tested", $"{className}.weights", threads));
        return (plan, weights.ToArray());
    }
}
