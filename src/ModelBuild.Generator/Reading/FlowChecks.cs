using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;
using static ModelBuild.Generator.Reading.PlanChecks;

namespace ModelBuild.Generator.Reading;

/// <summary>What must hold of the steps that are no calls: blocks that close, symbols and buffers that exist and are of the right kind.</summary>
internal static class FlowChecks
{
    private const int MaxDepth = 64;

    /// <summary>Checks the steps of <paramref name="plan"/>.</summary>
    /// <exception cref="FormatException">Something does not hold; the message says what.</exception>
    public static void Check(ModelPlan plan)
    {
        var bound = new HashSet<string>(plan.Symbols.Where(symbol => symbol.IsBoundByStep).Select(symbol => symbol.Name));
        var open = new Stack<bool>();
        foreach (var step in plan.Steps)
        {
            switch (step)
            {
                case BindStep bind:
                    CheckSymbol(bind.Symbol, bound);
                    CheckBuffer(plan, bind.Buffer, type => type is ElementType.Int32 or ElementType.Int64, "integers");
                    Require(bind.Index >= 0 && (plan.Buffers[bind.Buffer].Length is not { IsConstant: true } length || bind.Index < length.Constant), $"element {bind.Index} of '{plan.Buffers[bind.Buffer].Name}' does not exist.");
                    break;
                case AssignStep assign:
                    Require(assign.Assignments.Count > 0, "a step assigns nothing.");
                    foreach (var assignment in assign.Assignments)
                    {
                        CheckSymbol(assignment.Symbol, bound);
                    }

                    break;
                case IfStep branch:
                    CheckBuffer(plan, branch.Condition, type => type == ElementType.Bool, "a truth value");
                    open.Push(true);
                    break;
                case ElseStep:
                    Require(open.Count > 0 && open.Pop(), "an 'else' belongs to no 'if'.");
                    open.Push(false);
                    break;
                case LoopStep loop:
                    CheckSymbol(loop.Iteration, bound);
                    Require(loop.Trips is not null || loop.Condition >= 0, "a loop has no end.");
                    if (loop.Condition >= 0)
                    {
                        CheckBuffer(plan, loop.Condition, type => type == ElementType.Bool, "a truth value");
                    }

                    open.Push(false);
                    break;
                case EndStep:
                    Require(open.Count > 0, "an 'end' closes nothing.");
                    open.Pop();
                    break;
            }

            Require(open.Count <= MaxDepth, "blocks are nested too deeply.");
        }

        Require(open.Count == 0, "a block does not end.");
    }

    private static void CheckSymbol(string symbol, HashSet<string> bound) => Require(bound.Contains(symbol), $"a step gives symbol '{symbol}' a value, which it cannot have.");

    private static void CheckBuffer(ModelPlan plan, int index, Func<ElementType, bool> isRight, string what)
    {
        Require(index >= 0 && index < plan.Buffers.Count, $"a step names buffer {index}, which does not exist.");
        Require(isRight(plan.Buffers[index].Type), $"a step reads {what} from '{plan.Buffers[index].Name}', which has {plan.Buffers[index].Type.ShortName()}.");
    }
}
