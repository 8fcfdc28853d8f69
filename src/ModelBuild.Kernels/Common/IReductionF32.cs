namespace ModelBuild.Kernels;

/// <summary>How many floats become one, written once for every vector width. Implementations are readonly structs without state.</summary>
internal interface IReductionF32
{
    /// <summary>What an accumulator starts with; also the result, before <see cref="Finish"/>, of no values.</summary>
    float Start { get; }

    /// <summary>A value that <see cref="Accumulate"/> leaves every accumulator unchanged by, to the bit.</summary>
    float Padding { get; }

    /// <summary>Takes one more value into an accumulator.</summary>
    TVector Accumulate<TVector>(TVector accumulator, TVector x)
        where TVector : struct, ISimdF32<TVector>;

    /// <summary>Joins two accumulators.</summary>
    TVector Combine<TVector>(TVector a, TVector b)
        where TVector : struct, ISimdF32<TVector>;

    /// <summary>Turns the accumulator of <paramref name="count"/> values into the result.</summary>
    TVector Finish<TVector>(TVector accumulator, float count)
        where TVector : struct, ISimdF32<TVector>;
}
