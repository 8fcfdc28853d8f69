namespace ModelBuild.Kernels;

/// <summary>
/// A vector of floats of some width: 1 lane (scalar), 4, 8 or 16. A kernel that is written against this interface exists once and runs at every width; since
/// each operation is defined per lane by IEEE 754, its results are the same at every width.
/// </summary>
internal interface ISimdF32<TSelf>
    where TSelf : struct, ISimdF32<TSelf>
{
    /// <summary>Lanes of the vector.</summary>
    static abstract int Count { get; }
}
