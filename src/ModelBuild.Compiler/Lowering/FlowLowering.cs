using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>What the operators with graphs in them have in common when they are lowered: blocks, and graphs within blocks.</summary>
internal sealed class FlowLowering(LowerContext context)
{
    public void Begin(PlanStep block) => context.Builder.AddFlow(block);

    public void Else() => context.Builder.AddFlow(new ElseStep());

    public void End() => context.Builder.AddFlow(new EndStep());

    /// <summary>The memory of a value, as a value of another type of the same element type: what a branch writes, or a state of another size.</summary>
    public Value View(Value value, TensorType type) => type.Equals(value.Type) ? value : context.Builder.View(value, type);

    /// <summary>Lowers a graph where its node stands.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="operands">What its inputs are; the first may be missing, where they have been given a place already.</param>
    /// <param name="targets">Where its outputs go; null for those that are not wanted, or are looked at afterwards.</param>
    public void LowerBody(Graph graph, IReadOnlyList<Value> operands, IReadOnlyList<Value?> targets)
    {
        foreach (var (formal, operand) in graph.Inputs.Skip(graph.Inputs.Count - operands.Count).Zip(operands))
        {
            context.Builder.Alias(formal, operand);
        }

        // A value that a node of the graph computes is written where it is wanted; others are copied.
        var claimed = new HashSet<Value>();
        foreach (var (output, target) in graph.Outputs.Zip(targets))
        {
            if (target is not null && graph.ProducerOf(output.Value) is { Op: not Ops.IAliasOp } && output.Value.Type.Equals(target.Type) && claimed.Add(output.Value))
            {
                context.Builder.Alias(output.Value, target);
            }
        }

        context.Builder.LowerNodes(graph);
        foreach (var (output, target) in graph.Outputs.Zip(targets).Where(pair => pair.Second is not null))
        {
            if (!context.Builder.SharesBuffer(output.Value, target!))
            {
                context.CopyValue(output.Value, target!);
            }
        }
    }

    /// <summary>Gives the symbols of types the values that other types have in their places, all at once.</summary>
    public void Assign(IEnumerable<(TensorType? To, TensorType From)> types)
    {
        var assignments = new List<SymbolAssignment>();
        foreach (var (to, from) in types.Where(pair => pair.To is not null))
        {
            foreach (var (symbol, value) in to!.Shape.Zip(from.Shape).Where(pair => !pair.First.Equals(pair.Second)))
            {
                if (symbol.Symbols is not [var name] || !symbol.Equals(Dim.Symbol(name)))
                {
                    throw new InvalidOperationException($"{symbol} cannot become {value}.");
                }

                if (assignments.All(assignment => assignment.Symbol != name))
                {
                    assignments.Add(new SymbolAssignment(name, value));
                }
            }
        }

        if (assignments.Count > 0)
        {
            context.Builder.AddFlow(new AssignStep(assignments, context.Node.Origins, "sizes"));
        }
    }
}
