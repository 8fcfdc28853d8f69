using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Drops steps whose results nobody reads. Shape arithmetic ends here: the size that it computes has become an expression in the calls that needed it.
/// </summary>
internal sealed class DeadSteps
{
    private readonly KernelProgram _program;
    private readonly HashSet<int> _buffers = [];
    private readonly HashSet<string> _symbols = [];
    private readonly HashSet<ProgramStep> _kept = new(ReferenceEqualityComparer.Instance);

    private DeadSteps(KernelProgram program)
    {
        _program = program;
        foreach (var (index, buffer) in program.Buffers.Index().Where(pair => pair.Item.Storage == Storage.Output))
        {
            NeedBuffer(index);
        }
    }

    public static KernelProgram Remove(KernelProgram program)
    {
        var needs = new DeadSteps(program);
        var steps = needs.Keep(program.Steps);
        return program with
        {
            Steps = steps,
            PrepareSteps = [.. needs.Keep(program.PrepareSteps).Cast<KernelStep>()],
            BoundSymbols = [.. program.BoundSymbols.Where(symbol => needs._symbols.Contains(symbol.Name))],
        };
    }

    // From the last step to the first; again where a loop may carry what a later step has turned out to need back to an earlier one.
    private List<ProgramStep> Keep(IReadOnlyList<ProgramStep> steps)
    {
        int before;
        do
        {
            before = _kept.Count + _buffers.Count + _symbols.Count;
            Sweep(steps);
        }
        while (before < _kept.Count + _buffers.Count + _symbols.Count && steps.Any(step => step.Plan is LoopStep));

        return [.. steps.Where(_kept.Contains)];
    }

    private void Sweep(IReadOnlyList<ProgramStep> steps)
    {
        // For every block that is open: its end, its else, and whether anything in it is needed.
        var blocks = new Stack<(List<ProgramStep> Marks, bool IsNeeded)>();
        foreach (var step in steps.Reverse())
        {
            switch (step.Plan)
            {
                case EndStep:
                    blocks.Push(([step], false));
                    continue;
                case ElseStep:
                    blocks.Peek().Marks.Add(step);
                    continue;
                case IfStep or LoopStep:
                    var (marks, isNeeded) = blocks.Pop();
                    if (isNeeded || (step.Plan is LoopStep loop && _symbols.Contains(loop.Iteration)))
                    {
                        _kept.UnionWith(marks);
                        Need(step, blocks);
                    }

                    continue;
            }

            if (IsNeeded(step.Plan))
            {
                Need(step, blocks);
            }
        }
    }

    // A buffer may be written in several steps, and a step may write several: one needed buffer keeps the step, and the step keeps what it reads.
    private bool IsNeeded(PlanStep step) => step switch
    {
        BindStep bind => _symbols.Contains(bind.Symbol),
        AssignStep assign => assign.Assignments.Any(assignment => _symbols.Contains(assignment.Symbol)),
        RequireStep => true,
        _ => step.Buffers.Any(argument => argument.IsWritten && _buffers.Contains(Memory(argument.Buffer))),
    };

    private void Need(ProgramStep step, Stack<(List<ProgramStep> Marks, bool IsNeeded)> blocks)
    {
        _kept.Add(step);
        if (blocks.TryPop(out var block))
        {
            blocks.Push(block with { IsNeeded = true });
        }

        foreach (var argument in step.Plan.Buffers)
        {
            NeedBuffer(argument.Buffer);
        }

        _symbols.UnionWith(step.Plan.Dims.SelectMany(dim => dim.Symbols));
        _symbols.UnionWith(step.Plan switch
        {
            // A loop counts, whether or not anything reads the number, and a step gives all its symbols values.
            LoopStep loop => [loop.Iteration],
            AssignStep assign => assign.Assignments.Select(assignment => assignment.Symbol),
            _ => [],
        });
    }

    private void NeedBuffer(int index)
    {
        _buffers.Add(Memory(index));
        _symbols.UnionWith(_program.Buffers[index].Type.Shape.SelectMany(dim => dim.Symbols));
    }

    private int Memory(int index) => _program.Buffers[index].Over ?? index;
}
