using System;

namespace ModelBuild.Plan;

/// <summary>A number was asked for where a dimension depends on a symbol.</summary>
/// <param name="dim">The dimension.</param>
public sealed class UnknownSizeException(Dim dim) : InvalidOperationException($"{dim} is not constant.")
{
    public Dim Dim { get; } = dim;
}
