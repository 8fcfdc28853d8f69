using System.Collections.Generic;
using System.Runtime.CompilerServices;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Tells steps apart that say the same: two calls may be equal and are still two.</summary>
internal sealed class ByReference : IEqualityComparer<PlanStep>
{
    public static readonly ByReference Instance = new();

    public bool Equals(PlanStep x, PlanStep y) => ReferenceEquals(x, y);

    public int GetHashCode(PlanStep step) => RuntimeHelpers.GetHashCode(step);
}
