namespace ModelBuild.Kernels;

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
