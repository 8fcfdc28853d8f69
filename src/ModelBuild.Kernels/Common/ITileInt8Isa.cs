namespace ModelBuild.Kernels;

/// <summary>
/// The operations that 8-bit kernels which read bytes are written in, for one instruction set. All of them are exact integer arithmetic modulo 2^32, so that every
/// implementation and every order of accumulation gives the same bits.
/// </summary>
/// <typeparam name="TSum">A vector of int32 accumulators, one lane per output.</typeparam>
/// <typeparam name="TOperand">Four inputs, or four weights per lane, in the form that <see cref="Dot"/> wants.</typeparam>
internal interface ITileInt8Isa<TSum, TOperand>
    where TSum : struct
    where TOperand : struct
{
    /// <summary>Lanes of an accumulator.</summary>
    static abstract int Lanes { get; }

    /// <summary>Loads one accumulator, <see cref="Lanes"/> values.</summary>
    static abstract TSum Load(ref int source);

    /// <summary>Stores one accumulator.</summary>
    static abstract void Store(TSum sum, ref int target);

    /// <summary>Loads four weights for each lane.</summary>
    static abstract TOperand LoadWeights(ref sbyte weights);

    /// <summary>Loads four weights for each lane of two neighbouring vectors.</summary>
    static abstract void LoadWeights(ref sbyte weights, out TOperand low, out TOperand high);

    /// <summary>Loads four unsigned 8-bit inputs for each lane.</summary>
    static abstract TOperand LoadInputs(ref byte inputs);

    /// <summary>Repeats four unsigned 8-bit inputs for each lane.</summary>
    static abstract TOperand Broadcast(int inputs);

    /// <summary>Adds to each lane its four inputs times its four weights.</summary>
    static abstract TSum Dot(TSum sum, TOperand inputs, TOperand weights);

    /// <summary>Adds two accumulators.</summary>
    static abstract TSum Add(TSum a, TSum b);
}
