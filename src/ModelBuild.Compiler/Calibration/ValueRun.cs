using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Calibration;

/// <summary>
/// Runs a graph of ONNX operators on samples and shows chosen values. The values become outputs of the graph before the passes run, so that none is fused away,
/// renamed or laid out in another way, and only what they need is computed.
/// </summary>
internal static class ValueRun
{
    /// <summary>Bytes of outputs that one run may have; decides how many samples it takes.</summary>
    private const long MostBytes = 1 << 26;

    private const int MostSamples = 32;

    /// <summary>Runs the graph, and gives the values of each run, in the order of <paramref name="values"/>.</summary>
    /// <param name="graph">A graph of ONNX operators.</param>
    /// <param name="values">What to show.</param>
    /// <param name="samples">The inputs.</param>
    /// <param name="limit">How many samples to use at most.</param>
    /// <exception cref="LoweringException">An operator cannot be lowered.</exception>
    /// <exception cref="CalibrationException">A sample does not fit the model.</exception>
    public static IEnumerable<SampleRun> Run(Graph graph, IReadOnlyList<Value> values, CalibrationSamples samples, int limit = int.MaxValue) =>
        values.Count == 0 ? [] : Run(ProgramBuilder.Lower(PassPipeline.Run(Showing(graph, values), Pipelines.Fuse, observer: null)), samples, limit);

    /// <summary>Runs a program, and gives its outputs. Values of the same types come in runs of the same size.</summary>
    public static IEnumerable<SampleRun> Run(KernelProgram program, CalibrationSamples samples, int limit = int.MaxValue)
    {
        var runner = new ProgramRunner(program);
        return samples.Runs(SamplesPerRun(runner, samples), limit).Select(run => new SampleRun(run.Count, Run(runner, run.Inputs)));
    }

    private static IReadOnlyList<Tensor> Run(ProgramRunner runner, IReadOnlyList<Tensor> inputs)
    {
        try
        {
            return runner.Run(inputs);
        }
        catch (ArgumentException exception)
        {
            throw new CalibrationException(exception);
        }
    }

    private static Graph Showing(Graph graph, IReadOnlyList<Value> values)
    {
        var outputs = values.Select(value => new GraphOutput(value.Name, value)).ToArray();
        return new Graph(graph.Name, graph.Symbols, graph.Inputs, outputs, GraphOrder.Sort(graph.Nodes, outputs));
    }

    // Results do not depend on how many samples a run takes: every output is computed by the same operations in the same order.
    private static int SamplesPerRun(ProgramRunner runner, CalibrationSamples samples)
    {
        var first = Run(runner, samples.Runs(1).First().Inputs);
        return (int)Math.Clamp(MostBytes / Math.Max(1, first.Sum(value => (long)value.Bytes.Length)), 1, MostSamples);
    }
}

/// <summary>What one run computed.</summary>
/// <param name="Count">How many samples it took.</param>
/// <param name="Values">The values.</param>
internal sealed record SampleRun(int Count, IReadOnlyList<Tensor> Values);
