namespace ModelBuild.Kernels;

/// <summary>The number of pixels of a tile, as a type, so that each number gets code of its own.</summary>
internal interface ITileRows
{
    /// <summary>A multiple of four, up to sixteen.</summary>
    static abstract int Count { get; }
}
