using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Tests;

/// <summary>Plans that were made for one thread, for several.</summary>
internal static class Threads
{
    /// <summary>The plan with every step cut into <paramref name="parts"/>, or as many as there are threads.</summary>
    public static ModelPlan Of(ModelPlan plan, int threads, Dim? parts = null) =>
        plan with { Threads = threads, Steps = [.. plan.Calls.Select(step => step with { Parts = parts ?? threads })] };
}
