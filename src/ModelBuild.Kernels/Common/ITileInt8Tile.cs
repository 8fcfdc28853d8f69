namespace ModelBuild.Kernels;

/// <summary>
/// The operations that the micro-kernels of <see cref="TileInt8"/> are written in, for one instruction set. All of them are exact integer arithmetic modulo 2^32,
/// so that every implementation and every order of accumulation gives the same bits.
/// </summary>
/// <typeparam name="TSum">A vector of int32 accumulators, one lane per output.</typeparam>
/// <typeparam name="TOperand">Four inputs, or four weights per lane, in the form that <see cref="Dot"/> wants.</typeparam>
internal interface ITileInt8Tile<TSum, TOperand>
    where TSum : struct
    where TOperand : struct
{
    /// <summary>Bytes of an input as the tile reads it: 1 where the dot product takes bytes, 2 where inputs are widened before (<see cref="WidenU8"/>).</summary>
    static abstract int InputBytes { get; }

    /// <summary>Bytes of a panel's weights for a step of four inputs; within them, the weights of neighbouring vectors are <c>4 * Lanes</c> bytes apart.</summary>
    static abstract int StepBytes { get; }

    /// <summary>Lanes of an accumulator.</summary>
    static abstract int Lanes { get; }

    /// <summary>Output pixels of a tile: as many as the registers hold.</summary>
    static abstract int Rows { get; }

    /// <summary>Whether there are 512-bit vectors that finish four pixels at a time: <see cref="ITileInt8Output.StoreQuads512"/>.</summary>
    static abstract bool FinishesQuads { get; }

    /// <summary>Loads one accumulator, <see cref="Lanes"/> values.</summary>
    static abstract TSum Load(ref int source);

    /// <summary>Stores one accumulator.</summary>
    static abstract void Store(TSum sum, ref int target);

    /// <summary>Loads four weights for each lane.</summary>
    static abstract TOperand LoadWeights(ref sbyte weights);

    /// <summary>Loads four inputs of <see cref="InputBytes"/> each and repeats them for each lane.</summary>
    static abstract TOperand LoadStep(ref byte inputs);

    /// <summary>Adds to each lane its four inputs times its four weights.</summary>
    static abstract TSum Dot(TSum sum, TOperand inputs, TOperand weights);

    /// <summary>The larger of each two accumulators.</summary>
    static abstract TSum Max(TSum a, TSum b);
}
