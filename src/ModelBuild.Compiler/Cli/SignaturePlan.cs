using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Cli;

/// <summary>The plan of a class that can be compiled against but does nothing, for editors that open a project before its first build.</summary>
internal static class SignaturePlan
{
    public static ModelPlan Of(ModelPlan plan) => plan with
    {
        Buffers = [.. plan.Buffers.Where(buffer => buffer.Storage is Storage.Input or Storage.Output)],
        Defaults = [.. plan.Defaults.Select(standard => standard with { Constant = -1 })],
        Slots = [],
        Weights = new WeightsFile(plan.Weights.ResourceName, 0, new string('0', 64)),
        PreparedLength = 0,
        PrepareSteps = [],
        Steps = [],
    };
}
