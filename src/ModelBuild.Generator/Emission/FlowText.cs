using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes the steps of a run in their order: the calls, and around them the C# statements that branch, loop and keep sizes.</summary>
internal static class FlowText
{
    /// <summary>Cuts steps into pieces of at most <paramref name="length"/> calls or so, between blocks.</summary>
    public static IReadOnlyList<IReadOnlyList<PlanStep>> Parts(IReadOnlyList<PlanStep> steps, int length)
    {
        var parts = new List<List<PlanStep>> { new() };
        var depth = 0;
        var calls = 0;
        foreach (var step in steps)
        {
            if (depth == 0 && calls == length)
            {
                parts.Add([]);
                calls = 0;
            }

            parts[parts.Count - 1].Add(step);
            depth += step is IfStep or LoopStep ? 1 : step is EndStep ? -1 : 0;
            calls += step is KernelCall ? 1 : 0;
        }

        // What comes after the last call of a full piece needs no piece of its own.
        if (parts.Count > 1 && !parts[parts.Count - 1].Any(step => step is KernelCall))
        {
            parts[parts.Count - 2].AddRange(parts[parts.Count - 1]);
            parts.RemoveAt(parts.Count - 1);
        }

        return parts;
    }

    /// <summary>Writes the statements.</summary>
    public static void Write(CodeWriter code, ModelContext model, IReadOnlyList<PlanStep> steps, IReadOnlyDictionary<PlanStep, Step> calls)
    {
        var dims = new DimText(model.Plan.Symbols, symbol => $"sizes.{model.Names.SymbolField(symbol)}");
        foreach (var step in steps)
        {
            switch (step)
            {
                case KernelCall when !calls[step].IsDelivery:
                    StepMembers.WriteCall(code, model, calls[step]);
                    break;
                case BindStep bind:
                    Comment(code, bind);
                    code.Line($"{Field(model, bind.Symbol)} = {Read(model, dims, bind)};");
                    break;
                case AssignStep { Assignments.Count: 1 } assign:
                    Comment(code, assign);
                    code.Line($"{Field(model, assign.Assignments[0].Symbol)} = {dims.Of(assign.Assignments[0].Value)};");
                    break;
                case AssignStep assign:
                    Comment(code, assign);
                    code.Line($"({string.Join(", ", assign.Assignments.Select(part => Field(model, part.Symbol)))}) = ({string.Join(", ", assign.Assignments.Select(part => dims.Of(part.Value)))});");
                    break;
                case RequireStep require:
                    code.Separate();
                    code.Line($"ModelArguments.Require({dims.Of(require.Zero)} == 0, {Literals.Of($"{string.Join(", ", require.Nodes)}: {require.Note}.")});");
                    break;
                case IfStep branch:
                    Comment(code, branch);
                    code.Open($"if ({Memory(model, dims, branch.Condition)}[0])");
                    break;
                case ElseStep:
                    code.Close();
                    code.Open("else");
                    break;
                case LoopStep loop:
                    Comment(code, loop);
                    code.Open($"for ({Field(model, loop.Iteration)} = 0; {Condition(model, dims, loop)}; {Field(model, loop.Iteration)}++)");
                    break;
                case EndStep:
                    code.Close();
                    break;
            }
        }
    }

    private static void Comment(CodeWriter code, PlanStep step)
    {
        var nodes = string.Join(", ", step.Nodes.Select(Literals.Comment));
        var note = Literals.Comment(step.Note);
        code.Separate();
        if (nodes.Length + note.Length > 0)
        {
            code.Line($"// {nodes}{(nodes.Length > 0 && note.Length > 0 ? ": " : string.Empty)}{note}");
        }
    }

    private static string Condition(ModelContext model, DimText dims, LoopStep loop)
    {
        var conditions = new List<string>();
        if (loop.Trips is not null)
        {
            conditions.Add($"{Field(model, loop.Iteration)} < {dims.Of(loop.Trips)}");
        }

        if (loop.Condition >= 0)
        {
            conditions.Add($"{Memory(model, dims, loop.Condition)}[0]");
        }

        return string.Join(" && ", conditions);
    }

    private static string Read(ModelContext model, DimText dims, BindStep bind)
    {
        var symbol = model.Plan.Symbols.First(candidate => candidate.Name == bind.Symbol);
        var method = bind.Saturates ? "ReadSaturated" : "Read";
        var where = bind.Saturates ? string.Empty : $", {Literals.Of(string.Join(", ", bind.Nodes))}";
        return $"ModelArguments.{method}({Memory(model, dims, bind.Buffer)}[{bind.Index}], {symbol.Min}, {symbol.Max}{where})";
    }

    private static string Memory(ModelContext model, DimText dims, int index)
    {
        var buffer = model.Plan.Buffers[index];
        return buffer.Storage switch
        {
            Storage.Constant => $"Weights.{model.Names.Buffer(index)}",
            Storage.Prepared => $"Prepared.{model.Names.Buffer(index)}",
            Storage.Arena or Storage.Late => StepMembers.Cut(model, buffer, dims),
            _ => model.Names.Buffer(index),
        };
    }

    private static string Field(ModelContext model, string symbol) => $"sizes.{model.Names.SymbolField(symbol)}";
}
