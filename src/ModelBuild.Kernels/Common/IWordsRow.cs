namespace ModelBuild.Kernels;

/// <summary>
/// The operations of a matrix-vector product over widened inputs, for one instruction set. With one row, weights are used once, so that their way to 16 bits is
/// what counts: here it is one sign extension, which leaves the four products of an output in two neighbouring lanes.
/// </summary>
/// <typeparam name="TSum">A vector of int32 accumulators, two lanes per output.</typeparam>
internal interface IWordsRow<TSum>
    where TSum : struct
{
    /// <summary>Lanes of an accumulator: it belongs to half as many outputs.</summary>
    static abstract int Lanes { get; }

    /// <summary>Adds to each output's two lanes the products of four inputs (8 bytes) with its four weights: <c>Lanes / 2</c> outputs, <c>2 * Lanes</c> weights.</summary>
    static abstract TSum DotRow(TSum sum, ref byte inputs, ref sbyte weights);

    /// <summary>Adds the two lanes of each output to its start value and stores the sums: first the outputs of <paramref name="low"/>, then those of <paramref name="high"/>.</summary>
    static abstract void Join(TSum low, TSum high, ref int start, ref int sums);
}
