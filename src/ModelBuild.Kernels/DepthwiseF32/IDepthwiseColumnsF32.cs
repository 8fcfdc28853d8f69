namespace ModelBuild.Kernels;

/// <summary>Which input columns under a tile of <see cref="DepthwiseF32"/> there are: all of them, or those of a set.</summary>
internal interface IDepthwiseColumnsF32
{
    /// <summary>Whether all columns are inside the input, whatever the set says.</summary>
    static abstract bool All { get; }

    /// <summary>Whether column <paramref name="column"/> of the tile is inside the input; <paramref name="inside"/> has a bit for each.</summary>
    static abstract bool Has(uint inside, int column);
}
