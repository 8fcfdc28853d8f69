using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// The operations of a depthwise 8-bit convolution on one instruction set. A step multiplies some rows of one column of the filter, in one lane per channel; all of it is exact
/// integer arithmetic.
/// </summary>
/// <typeparam name="TSum">A vector of int32 accumulators, one lane per channel.</typeparam>
/// <typeparam name="TOperand">The inputs, or the weights, of a step: 32 bits per lane.</typeparam>
internal interface IDepthwiseInt8Step<TSum, TOperand>
    where TSum : struct
    where TOperand : struct
{
    /// <summary>Lanes of an accumulator.</summary>
    static abstract int Lanes { get; }

    /// <summary>Filter rows of a step: four as bytes, or two as words.</summary>
    static abstract int Rows { get; }

    /// <summary>Loads one accumulator.</summary>
    static abstract TSum Load(ref int source);

    /// <summary>Stores one accumulator.</summary>
    static abstract void Store(TSum sum, ref int target);

    /// <summary>Loads the inputs or weights of all lanes.</summary>
    static abstract TOperand LoadOperand(ref byte source);

    /// <summary>Adds to each lane its inputs times its weights.</summary>
    static abstract TSum Dot(TSum sum, TOperand inputs, TOperand weights);

    /// <summary>Interleaves rows: <c>[column][16 channels][row]</c>.</summary>
    /// <param name="rows">The rows, <see cref="Rows"/> of them.</param>
    /// <param name="target">Where the first column goes.</param>
    /// <param name="count">Columns.</param>
    static abstract void Interleave(in DepthwiseInt8Rows rows, ref byte target, int count);

    /// <summary>Four channels of a column that is outside the input.</summary>
    static abstract Vector128<byte> Outside(int zeroPoint);
}
