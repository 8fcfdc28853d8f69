using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Reading;

/// <summary>What must hold of the states and the defaults of a plan.</summary>
internal static class SignatureChecks
{
    public static void Check(ModelPlan plan)
    {
        foreach (var state in plan.States)
        {
            var (input, output) = (Buffer(plan, state.Input, Storage.Input), Buffer(plan, state.Output, Storage.Output));
            PlanChecks.Require(input.Type == output.Type && input.Type != ElementType.String, $"state '{input.Name}' is {input.Type.ShortName()} and '{output.Name}' {output.Type.ShortName()}.");
            PlanChecks.Require(
                !output.Length.Symbols.Any(name => plan.Symbols.Any(symbol => symbol.Name == name && symbol.IsBoundByStep)),
                $"the size of state '{output.Name}' is not known before the run.");
        }

        RequireOnce(plan.States.Select(state => state.Input).Concat(plan.States.Select(state => state.Output)), "a state");
        foreach (var standard in plan.Defaults)
        {
            var input = Buffer(plan, standard.Input, Storage.Input);
            if (standard.Constant >= 0)
            {
                PlanChecks.Require(input.Type == Buffer(plan, standard.Constant, Storage.Constant).Type, $"the default of '{input.Name}' is of another type.");
            }
        }

        RequireOnce(plan.Defaults.Select(standard => standard.Input).Concat(plan.States.Select(state => state.Input)), "a default or a state");
    }

    private static PlanBuffer Buffer(ModelPlan plan, int index, Storage storage)
    {
        PlanChecks.Require(index >= 0 && index < plan.Buffers.Count && plan.Buffers[index].Storage == storage, $"buffer {index} is not of storage {storage}.");
        return plan.Buffers[index];
    }

    private static void RequireOnce(IEnumerable<int> buffers, string what)
    {
        var seen = new HashSet<int>();
        foreach (var buffer in buffers)
        {
            PlanChecks.Require(seen.Add(buffer), $"buffer {buffer} is {what} twice.");
        }
    }
}
