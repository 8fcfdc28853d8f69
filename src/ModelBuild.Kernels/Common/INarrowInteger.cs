namespace ModelBuild.Kernels;

/// <summary>An integer of fewer than 8 bits.</summary>
internal interface INarrowInteger<TSelf> : INarrow<TSelf>
    where TSelf : unmanaged, INarrowInteger<TSelf>
{
    /// <summary>The low bits of <paramref name="bits"/>.</summary>
    static abstract TSelf FromBits(int bits);
}
