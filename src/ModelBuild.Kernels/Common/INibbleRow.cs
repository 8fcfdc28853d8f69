namespace ModelBuild.Kernels;

/// <summary>
/// The operations of a matrix-vector product over inputs that are split into their lower and upper four bits, for one instruction set. With one row, weights are used
/// once, so that widening them would cost as much as multiplying; nibbles times signed bytes are exact in 16 bits, for several steps.
/// </summary>
/// <typeparam name="TSum">A vector of int32 accumulators, one lane per output.</typeparam>
/// <typeparam name="TPart">A vector of int16 partial sums, two lanes per output.</typeparam>
internal interface INibbleRow<TSum, TPart>
    where TSum : struct
    where TPart : struct
{
    /// <summary>Lanes of an accumulator.</summary>
    static abstract int Lanes { get; }

    static abstract TSum Load(ref int source);

    static abstract void Store(TSum sum, ref int target);

    /// <summary>Adds to each output's two lanes the products of four nibbles with its four weights: at most 2 * 15 * 128 in magnitude.</summary>
    static abstract TPart AddProducts(TPart sum, ref byte nibbles, ref sbyte weights);

    /// <summary>Adds the partial sums of the lower nibbles, and sixteen times those of the upper ones.</summary>
    static abstract TSum AddParts(TSum sum, TPart low, TPart high);
}
