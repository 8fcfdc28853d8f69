using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Memory;

/// <summary>From which step to which a buffer holds what is still needed. Buffers that lie over one another have one life.</summary>
/// <param name="Buffer">The buffer whose memory it is.</param>
/// <param name="First">The first step that touches it.</param>
/// <param name="Last">The last step that does.</param>
internal sealed record Lifetime(int Buffer, int First, int Last)
{
    /// <summary>The lives of all buffers that steps touch.</summary>
    public static IReadOnlyList<Lifetime> Of(KernelProgram program)
    {
        var lives = new Dictionary<int, Lifetime>();
        foreach (var (position, step) in program.Steps.Index())
        {
            foreach (var buffer in step.Plan.Buffers.Select(argument => program.Buffers[argument.Buffer].Over ?? argument.Buffer))
            {
                lives[buffer] = lives.TryGetValue(buffer, out var life) ? life with { Last = position } : new Lifetime(buffer, position, position);
            }
        }

        // What lives before or after a loop and in it lives from its first round to its last. Outer loops come after inner ones.
        foreach (var (begin, end) in Loops(program.Steps))
        {
            foreach (var life in lives.Values.Where(life => life.First <= end && life.Last >= begin && (life.First < begin || life.Last > end)).ToArray())
            {
                lives[life.Buffer] = life with { First = Math.Min(life.First, begin), Last = Math.Max(life.Last, end) };
            }
        }

        return [.. lives.Values.OrderBy(life => life.First).ThenBy(life => life.Buffer)];
    }

    private static List<(int Begin, int End)> Loops(IReadOnlyList<ProgramStep> steps)
    {
        var loops = new List<(int, int)>();
        var open = new Stack<(int Begin, bool IsLoop)>();
        foreach (var (position, step) in steps.Index())
        {
            if (step.Plan is IfStep or LoopStep)
            {
                open.Push((position, step.Plan is LoopStep));
            }
            else if (step.Plan is EndStep && open.Pop() is (var begin, true))
            {
                loops.Add((begin, position));
            }
        }

        return loops;
    }
}
