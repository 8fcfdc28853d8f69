using System;
using System.Globalization;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace ModelBuild.Compiler.Tests.Pruning;

public sealed class PruningTests(ITestOutputHelper output) : IDisposable
{
    private readonly SampleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("1x1")]
    [InlineData("4x4")]
    [InlineData("1x16")]
    public void The_asked_fraction_of_a_layer_is_removed_in_whole_blocks(string pattern)
    {
        var parts = pattern.Split('x').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var compiled = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { Sparsity = 0.75, SparsityPattern = (parts[0], parts[1]) });

        var weights = compiled.Optimized.Nodes[0].Inputs[1]!.Constant!; // [64 outputs, 32 inputs]
        weights.As<float>().ToArray().Count(weight => weight == 0).ShouldBe(weights.Length * 3 / 4);
        for (var block = 0; block < weights.Length / (parts[0] * parts[1]); block++)
        {
            var (input, first) = (block / (64 / parts[1]) * parts[0], block % (64 / parts[1]) * parts[1]);
            Enumerable.Range(0, parts[0] * parts[1]).Select(i => weights.As<float>()[((first + (i % parts[1])) * 32) + input + (i / parts[1])] == 0).Distinct().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void A_threshold_removes_what_is_smaller()
    {
        var original = Compiling.Compile(TinyModels.Mlp(), new CompileOptions()).Optimized.Nodes[0].Inputs[1]!.Constant!.As<float>().ToArray();
        var pruned = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { SparsityThreshold = 0.1 }).Optimized.Nodes[0].Inputs[1]!.Constant!.As<float>().ToArray();

        pruned.ShouldBe(original.Select(weight => Math.Abs(weight) < 0.1f ? 0 : weight));
    }

    [Fact]
    public void Small_layers_and_the_last_one_stay()
    {
        var compiled = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { Sparsity = 0.5 });
        compiled.Optimized.Nodes[2].Inputs[1]!.Constant!.As<float>().ToArray().ShouldNotContain(0f);
        compiled.Report.Notes.ShouldContain("layer \"fc2\" was not pruned: it has only 256 weights");
    }

    [Fact]
    public void Blocks_of_one_by_sixteen_are_skipped_and_give_the_bits_of_the_dense_layer()
    {
        var sparse = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { Sparsity = 0.75, SparsityPattern = (1, 16) });
        var (graph, program) = (sparse.Graph, sparse.Program);
        program.Calls.First().Call.Kernel.ShouldBe("DenseSparseF32.Run");

        var input = Tensor.Of<float>(TinyModels.Samples(5 * 32), 5, 32);
        var dense = Dense(graph.Nodes[0], input);
        var first = new Graph("first", graph.Symbols, graph.Inputs, [new GraphOutput("y", graph.Nodes[0].Output)], [graph.Nodes[0]]);
        var skipped = new ProgramRunner(Lowering.ProgramBuilder.Lower(first)).Run([input])[0].As<float>().ToArray();
        skipped.ShouldBe(dense);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(16)]
    [InlineData(8)]
    public void Single_zeros_shrink_the_weights_file(int bits)
    {
        var dense = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { Bits = (Precision)bits });
        var sparse = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { Bits = (Precision)bits, Sparsity = 0.8 });
        output.WriteLine($"{Compiling.Weights(dense).Length} -> {Compiling.Weights(sparse).Length} bytes");

        sparse.Program.PrepareSteps.ShouldContain(step => step.Call.Kernel.StartsWith("ExpandBitmask", StringComparison.Ordinal));
        Compiling.Weights(sparse).Length.ShouldBeLessThan(Compiling.Weights(dense).Length * 3 / 4);
    }

    [Fact]
    public void The_weights_that_stay_are_fitted_to_the_samples()
    {
        var samples = _files.Save("x.npy", TinyModels.Waves(400, 32), 400, 32);
        var unfitted = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { Sparsity = 0.5 });
        var fitted = Compiling.Compile(TinyModels.Mlp(), new CompileOptions { Sparsity = 0.5, Calibration = [samples] });

        // On samples that neither has seen.
        var original = Compiling.Compile(TinyModels.Mlp(), new CompileOptions());
        var fresh = Tensor.Of<float>(TinyModels.Waves(200, 32, seed: 3), 200, 32);
        Distance(fitted).ShouldBeLessThan(Distance(unfitted) / 4);

        double Distance(CompiledModel compiled)
        {
            var (expected, actual) = (new ProgramRunner(original.Program).Run([fresh])[0], new ProgramRunner(compiled.Program).Run([fresh])[0]);
            return expected.As<float>().ToArray().Zip(actual.As<float>().ToArray(), (a, b) => Math.Pow(a - b, 2)).Sum();
        }
    }

    [SkippableTheory]
    [InlineData("mnist_mlp", 0.8, 1, 1, 32, 0.005)]
    [InlineData("mnist_mlp", 0.8, 1, 1, 8, 0.005)]
    [InlineData("mnist_mlp", 0.5, 1, 16, 32, 0.01)]
    [InlineData("mnist_mlp", 0.5, 4, 16, 8, 0.015)]
    [InlineData("mnist_lenet_bn", 0.7, 1, 1, 8, 0.005)]
    [InlineData("adult_mlp", 0.5, 1, 1, 32, 0.01)]
    [InlineData("mlperf_resnet8", 0.3, 1, 1, 8, 0.02)]
    public void Accuracy_survives(string name, double sparsity, int rows, int columns, int bits, double mostLoss)
    {
        var problem = LabelledProblem.Require(name);
        var original = problem.Compile(new CompileOptions());
        var pruned = problem.Compile(new CompileOptions { Bits = (Precision)bits, Sparsity = sparsity, SparsityPattern = (rows, columns), Calibration = [problem.CalibrationPath] });
        var unfitted = problem.Compile(new CompileOptions { Sparsity = sparsity, SparsityPattern = (rows, columns) });
        var (before, after) = (problem.Accuracy(original), problem.Accuracy(pruned));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {before:P2} -> {after:P2}, without fitting {problem.Accuracy(unfitted):P2}; weights {Compiling.Weights(original).Length} -> {Compiling.Weights(pruned).Length} bytes"));
        foreach (var step in pruned.Program.Calls)
        {
            output.WriteLine($"  {step.Call.Kernel}: {step.Call.Note}");
        }

        after.ShouldBeGreaterThanOrEqualTo(before - mostLoss);
    }

    // acc = bias; acc = fma(x[k], w[k], acc) for k in order: the contract of the dense layer.
    private static float[] Dense(Node layer, Tensor input)
    {
        var (w, b) = (layer.Inputs[1]!.Constant!, layer.Inputs[2]!.Constant!);
        var (rows, inner, outputs) = ((int)input.Dims[0], (int)w.Dims[0], (int)w.Dims[1]);
        var (min, max) = Compiler.Ops.Clamp.Of(layer.Attributes);
        var result = new float[rows * outputs];
        for (var i = 0; i < result.Length; i++)
        {
            var sum = b.As<float>()[i % outputs];
            for (var k = 0; k < inner; k++)
            {
                sum = MathF.FusedMultiplyAdd(input.As<float>()[(i / outputs * inner) + k], w.As<float>()[(k * outputs) + (i % outputs)], sum);
            }

            result[i] = Math.Clamp(sum, min, max);
        }

        return result;
    }
}
