using System;

namespace ModelBuild.Kernels;

/// <summary>
/// The transforms of Winograd's minimal filtering F(n x n, r x r) in integers, for one n and r: n*n neighbouring outputs of an r x r filter, <c>A'[(G g G') * (B' d B)]A</c>. G
/// and A are multiplied with numbers that make every term an integer, and the multiple of the sum that comes out is divided exactly. Terms lie in order of lines.
/// </summary>
internal interface IWinogradInt8Tile
{
    /// <summary>Outputs of a side, n.</summary>
    static abstract int Size { get; }

    /// <summary>Taps of a side of the filter, r. A side has n + r - 1 inputs, and as many terms.</summary>
    static abstract int Filter { get; }

    /// <summary>
    /// Terms whose weights are too large for words. They have only the transform of the weights' lowest four bits, and those of the higher bits are more terms after the
    /// regular ones: with the same inputs, and sixteen times as much in the sum.
    /// </summary>
    static abstract ReadOnlySpan<byte> SplitTerms { get; }

    /// <summary>The most channels for which the multiple of any sum, less the factors that an inverse modulo 2^32 removes, is below 2^31.</summary>
    static abstract int MaxChannels { get; }

    /// <summary><c>G</c> times a column, or a line, of one vector of filters.</summary>
    /// <param name="g">The first of r weights, as words.</param>
    /// <param name="from">Bytes from a weight to the next.</param>
    /// <param name="u">Where the first term goes.</param>
    /// <param name="to">Bytes from a term to the next.</param>
    static abstract void WeightTerms<TLanes, TVector>(ref byte g, nint from, ref byte u, nint to)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct;

    /// <summary><c>B'</c> times a column, or a line, of one vector of inputs.</summary>
    /// <param name="d">The first input, as words.</param>
    /// <param name="from">Bytes from an input to the next.</param>
    /// <param name="v">Where the first term goes, which may be where the first input is.</param>
    /// <param name="to">Bytes from a term to the next.</param>
    static abstract void InputTerms<TLanes, TVector>(ref byte d, nint from, ref byte v, nint to)
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct;

    /// <summary><c>A' m A</c>, divided, plus bias, for one vector of outputs.</summary>
    /// <param name="m">The first sum of products, those of split terms last; sums may be overwritten.</param>
    /// <param name="termBytes">From a sum to the next.</param>
    /// <param name="bias">What to add.</param>
    /// <param name="y">Where the first pixel goes.</param>
    /// <param name="pixelBytes">From a pixel to the right one.</param>
    /// <param name="lineBytes">From a pixel to the lower one.</param>
    static abstract void Output<TLanes, TVector>(ref byte m, nint termBytes, TVector bias, ref byte y, nint pixelBytes, nint lineBytes)
        where TLanes : struct, ILanes<TVector, int>
        where TVector : struct;
}
