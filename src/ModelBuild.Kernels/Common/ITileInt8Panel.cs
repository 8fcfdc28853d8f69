namespace ModelBuild.Kernels;

/// <summary>How the loops of <see cref="TileInt8"/> compute some pixels by a panel of outputs, or by half a panel where vectors have four lanes.</summary>
internal interface ITileInt8Panel
{
    /// <summary>Pixels that are computed at once.</summary>
    static abstract int Rows { get; }

    /// <summary>Accumulates the sums of one tile.</summary>
    /// <param name="rows">The pixels whose sums matter, 1..<see cref="Rows"/>; of the others valid memory is read, and something may be stored.</param>
    /// <param name="x">Start of the input.</param>
    /// <param name="offsets">Where each of <see cref="Rows"/> pixels starts to read; every step of four from there is within the input.</param>
    /// <param name="weights">The tile's first weights.</param>
    /// <param name="bias">The tile's first start value.</param>
    /// <param name="shape">The geometry.</param>
    /// <param name="sums">Receives the sums of all outputs for one pixel after the other.</param>
    static abstract void Tile(int rows, ref byte x, ref nint offsets, ref sbyte weights, ref int bias, in TileInt8Shape shape, ref int sums);
}
