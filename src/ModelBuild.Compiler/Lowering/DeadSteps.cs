using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Drops calls whose results nobody reads. Shape arithmetic ends here: the size that it computes has become an expression in the calls that needed it.
/// </summary>
internal static class DeadSteps
{
    public static KernelProgram Remove(KernelProgram program)
    {
        var needed = program.Buffers.Index().Where(pair => pair.Item.Storage == Storage.Output).Select(pair => pair.Index).ToHashSet();
        var steps = Needed(program.Steps, needed);
        return program with { PrepareSteps = Needed(program.PrepareSteps, needed), Steps = steps };
    }

    // A buffer may be written in several steps, and a step may write several: one needed buffer keeps the step, and the step keeps what it reads.
    private static List<ProgramStep> Needed(IReadOnlyList<ProgramStep> steps, HashSet<int> needed)
    {
        var kept = new List<ProgramStep>();
        foreach (var step in steps.Reverse())
        {
            var buffers = step.Call.Arguments.OfType<BufferArgument>().ToArray();
            if (buffers.Any(argument => argument.IsWritten && needed.Contains(argument.Buffer)))
            {
                needed.UnionWith(buffers.Select(argument => argument.Buffer));
                kept.Add(step);
            }
        }

        kept.Reverse();
        return kept;
    }
}
