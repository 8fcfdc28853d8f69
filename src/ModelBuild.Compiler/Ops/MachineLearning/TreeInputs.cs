using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What the operators with decision trees have in common.</summary>
internal static class TreeInputs
{
    /// <summary>The scores of every row, and which of them are there.</summary>
    public static Value[] Scores(FunctionContext f, string role, long targets)
    {
        var x = f.Require(0);
        x = x.Type.Element is ElementType.Float or ElementType.Double ? x : f.Add("Cast", Attributes.Of(("to", (long)ElementType.Float)), x);
        x = x.Type.Rank == 1 ? f.Add("Reshape", x, f.Constant(1, -1)) : x;
        return f.AddAll($"{Op.OwnDomain}.{nameof(TreeScores)}", 2, f.Attributes.With("role", role).With("targets", targets), x);
    }

    /// <summary>The values that are added to the scores; null where there are none.</summary>
    public static float[]? Base(Attributes attributes) => attributes.Has("base_values_as_tensor")
        ? attributes.Require<Tensor>("base_values_as_tensor") is { Type: ElementType.Double } wide ? [.. wide.As<double>().ToArray().Select(value => (float)value)] : attributes.Require<Tensor>("base_values_as_tensor").As<float>().ToArray()
        : attributes.Get<float[]>("base_values", []) is { Length: > 0 } values ? values : null;
}
