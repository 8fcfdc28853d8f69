namespace ModelBuild.Kernels;

/// <summary>
/// The operations of a matrix-vector product over inputs that are split into their lower and upper four bits, for one instruction set. With one row, weights are used
/// once, so that widening them would cost as much as multiplying; nibbles times signed bytes are exact in 16 bits, for several steps.
/// </summary>
/// <typeparam name="TSum">A vector of int32 accumulators, one lane per output.</typeparam>
/// <typeparam name="TPart">A vector of int16 partial sums, two lanes per output.</typeparam>
/// <typeparam name="TBytes">A vector of nibbles or weights, four per output.</typeparam>
internal interface INibbleRow<TSum, TPart, TBytes>
    where TSum : struct
    where TPart : struct
    where TBytes : struct
{
    /// <summary>Lanes of an accumulator.</summary>
    static abstract int Lanes { get; }

    static abstract TSum Load(ref int source);

    static abstract void Store(TSum sum, ref int target);

    /// <summary>Four nibbles, for each output.</summary>
    static abstract TBytes LoadStep(ref byte nibbles);

    /// <summary>Four weights of each output.</summary>
    static abstract TBytes LoadWeights(ref sbyte weights);

    /// <summary>Adds to each output's two lanes the products of its four nibbles and weights: at most 2 * 15 * 128 in magnitude.</summary>
    static abstract TPart AddProducts(TPart sum, TBytes nibbles, TBytes weights);

    /// <summary>Adds the partial sums of the lower nibbles, and sixteen times those of the upper ones.</summary>
    static abstract TSum AddParts(TSum sum, TPart low, TPart high);
}
