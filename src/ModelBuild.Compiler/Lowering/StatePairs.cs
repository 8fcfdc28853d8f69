using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Finds the states that the option States names among the inputs and outputs of a program.</summary>
internal static class StatePairs
{
    /// <summary>The states; everything that is wrong with the pairs goes to <paramref name="sink"/>.</summary>
    public static IReadOnlyList<PlanState> Find(KernelProgram program, IReadOnlyList<(string Input, string Output)> pairs, string file, DiagnosticSink sink)
    {
        var inputs = Names(program, Storage.Input);
        var outputs = Names(program, Storage.Output);
        var states = new List<PlanState>();
        foreach (var (input, output) in pairs)
        {
            if (!inputs.ContainsKey(input))
            {
                sink.Add(OptionDiagnostics.UnknownValue.Create(file, null, "States", input, SignatureChoice.Have(inputs.Keys, "inputs")));
            }

            if (!outputs.ContainsKey(output))
            {
                sink.Add(OptionDiagnostics.UnknownValue.Create(file, null, "States", output, SignatureChoice.Have(outputs.Keys, "outputs")));
            }

            if (inputs.TryGetValue(input, out var from) && outputs.TryGetValue(output, out var to))
            {
                if (Problem(program, from, to, states) is { } problem)
                {
                    sink.Add(OptionDiagnostics.ImpossibleState.Create(file, null, input, output, problem));
                }

                states.Add(new PlanState(from, to));
            }
        }

        return states;
    }

    // A graph may list one value as several outputs; as a state it is the first.
    private static Dictionary<string, int> Names(KernelProgram program, Storage storage) =>
        program.Buffers.Index().Where(pair => pair.Item.Storage == storage).DistinctBy(pair => pair.Item.Name).ToDictionary(pair => pair.Item.Name, pair => pair.Index);

    private static string? Problem(KernelProgram program, int from, int to, List<PlanState> before)
    {
        var (input, output) = (program.Buffers[from].Type, program.Buffers[to].Type);
        if (before.Any(state => state.Input == from || state.Output == to))
        {
            return "one of them belongs to another pair";
        }

        if (program.Buffers[from].Default is not null)
        {
            return "the input is one of OptionalInputs";
        }

        if (input.Element != output.Element || input.Rank != output.Rank || input.Shape.Zip(output.Shape).Any(pair => pair.First.IsConstant && pair.Second.IsConstant && !pair.First.Equals(pair.Second)))
        {
            return $"they are {input} and {output}";
        }

        return input.Element == ElementType.String ? "it is text"
            : output.Shape.SelectMany(dim => dim.Symbols).Any(symbol => program.BoundSymbols.Any(bound => bound.Name == symbol)) ? $"only the run finds out how large {output} is"
            : null;
    }
}
