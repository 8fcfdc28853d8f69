namespace ModelBuild.Plan;

/// <summary>A dimension whose size is known only at run time.</summary>
/// <param name="Name">A C# identifier, unique in the plan; it is the parameter's name where the caller passes it.</param>
/// <param name="OnnxName">The name in the model, which may be any text; empty where the model gives none.</param>
/// <param name="Min">The smallest allowed size.</param>
/// <param name="Max">The largest allowed size.</param>
/// <param name="Input">
/// Index of the input whose length determines the size: size = length / <paramref name="Divisor"/>, and the length must be a multiple. -1 where the caller passes
/// the size as a parameter; <see cref="BoundByStep"/> where a step finds it in the course of the run.
/// </param>
/// <param name="Divisor">The length of that input per unit of this dimension; it may depend on symbols that come before this one.</param>
public sealed record PlanSymbol(string Name, string OnnxName, long Min, long Max, int Input, Dim Divisor)
{
    /// <summary>The <see cref="Input"/> of a symbol that a step binds or assigns.</summary>
    public const int BoundByStep = -2;

    /// <summary>Whether the symbol has a value only after a step has given it one.</summary>
    public bool IsBoundByStep => Input == BoundByStep;
}
