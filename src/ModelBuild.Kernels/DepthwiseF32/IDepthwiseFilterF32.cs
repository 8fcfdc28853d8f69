namespace ModelBuild.Kernels;

/// <summary>Filters of some width and stride, as <see cref="DepthwiseF32"/> applies them to tiles of eight output columns.</summary>
internal interface IDepthwiseFilterF32
{
    /// <summary>Whether tiles may reach beyond the input; else the columns at its borders are left to <see cref="DepthwiseF32"/>, which takes them one at a time.</summary>
    static abstract bool ReachesBorders { get; }

    /// <summary>Adds the products of one filter row to the sums of eight neighbouring output columns, for a vector of channels.</summary>
    /// <param name="a">The sum of the first column; the others follow.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The fourth.</param>
    /// <param name="e">The fifth.</param>
    /// <param name="f">The sixth.</param>
    /// <param name="g">The seventh.</param>
    /// <param name="h">The eighth.</param>
    /// <param name="x">A value of the input from which the columns are counted; what is computed from it without being read must stay inside, since the garbage collector knows it.</param>
    /// <param name="at">Floats from there to the first column under the tile.</param>
    /// <param name="next">Floats from a column to the next: the channels.</param>
    /// <param name="w">The filter row; from a tap to the next are <see cref="DepthwiseF32.BlockChannels"/> floats.</param>
    /// <param name="shape">The geometry.</param>
    /// <param name="inside">A bit for each input column under the tile: whether there is one. Products of others are left out.</param>
    static abstract void AddRow<TVector, TColumns>(
        ref TVector a, ref TVector b, ref TVector c, ref TVector d, ref TVector e, ref TVector f, ref TVector g, ref TVector h, ref float x, nint at, nint next, ref float w,
        in DepthwiseShape shape, uint inside)
        where TVector : struct, ISimdF32<TVector>
        where TColumns : struct, IDepthwiseColumnsF32;
}
