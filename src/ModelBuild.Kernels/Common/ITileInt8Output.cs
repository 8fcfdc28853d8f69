using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>The epilogue of an 8-bit layer on every width of vectors.</summary>
internal interface ITileInt8Output : ITileInt8Output<Vector128<int>>, ITileInt8Output<Vector256<int>>
{
    /// <summary>
    /// Finishes and stores sixteen values of each of some pixels, four pixels at a time: then the narrowing to bytes, whose result four pixels share, costs a quarter. Needs
    /// AVX-512.
    /// </summary>
    /// <param name="operands">The output and the per-output operands.</param>
    /// <param name="index">Element of the output where the first pixel's first value goes.</param>
    /// <param name="stride">Elements of the output from a pixel to the next.</param>
    /// <param name="column">Index of the first value in the per-output operands.</param>
    /// <param name="sums"><c>[pixels][16]</c> accumulators.</param>
    /// <param name="pixels">A multiple of four.</param>
    void StoreQuads512(in TileInt8Operands operands, nint index, nint stride, nint column, ref int sums, int pixels);
}

/// <summary>What an 8-bit layer does with its accumulators: the epilogue of a tile. Implementations hold the scalars, <see cref="TileInt8Operands"/> the buffers.</summary>
/// <typeparam name="TSum">A vector of accumulators.</typeparam>
internal interface ITileInt8Output<TSum>
    where TSum : struct
{
    /// <summary>Finishes and stores the values of one pixel.</summary>
    /// <param name="operands">The output and the per-output operands.</param>
    /// <param name="index">Element of the output where the first value goes.</param>
    /// <param name="column">Index of the first value in the per-output operands (which are padded to whole panels).</param>
    /// <param name="count">How many values exist; no more than these may be stored or read from buffers that are not padded.</param>
    /// <param name="low">The first half of the accumulators.</param>
    /// <param name="high">The second half of the accumulators.</param>
    void Store(in TileInt8Operands operands, nint index, nint column, int count, TSum low, TSum high);
}
