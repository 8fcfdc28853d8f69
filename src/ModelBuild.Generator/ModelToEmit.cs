using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Generator.Reading;

namespace ModelBuild.Generator;

/// <summary>A plan and what depends on the other plans of the project.</summary>
/// <param name="Loaded">The plan.</param>
/// <param name="HintName">The name of the emitted file.</param>
/// <param name="SameClassAs">The model that has the same class and comes first; null for none.</param>
internal sealed record ModelToEmit(LoadedPlan Loaded, string HintName, string? SameClassAs)
{
    public string FullName => FullNameOf(Loaded);

    /// <summary>Gives each plan a file of its own, called like the class, with the namespace where two classes share a name.</summary>
    public static IEnumerable<ModelToEmit> Assign(IEnumerable<LoadedPlan> plans)
    {
        // Roslyn compares names of emitted files without case.
        var all = plans.OrderBy(plan => plan.File.Path, StringComparer.Ordinal).ToList();
        var simpleNames = all.Select(plan => plan.Plan?.ClassName ?? string.Empty).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        var firsts = new Dictionary<string, LoadedPlan>(StringComparer.OrdinalIgnoreCase);
        foreach (var loaded in all)
        {
            var name = FullNameOf(loaded);
            var isTaken = firsts.TryGetValue(name, out var first) && loaded.Plan is not null;
            if (!isTaken)
            {
                firsts[name] = loaded;
            }

            var isSimple = loaded.Plan is not null && simpleNames[loaded.Plan.ClassName] == 1;
            yield return new ModelToEmit(loaded, (isSimple ? loaded.Plan!.ClassName : name) + ".g.cs", isTaken ? first.Plan!.Source.File : null);
        }
    }

    private static string FullNameOf(LoadedPlan loaded) => loaded.Plan is not { } plan ? string.Empty : plan.Namespace.Length == 0 ? plan.ClassName : $"{plan.Namespace}.{plan.ClassName}";
}
