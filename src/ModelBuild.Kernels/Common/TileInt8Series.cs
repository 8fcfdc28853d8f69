namespace ModelBuild.Kernels;

/// <summary>Tiles that a micro-kernel computes one after the other in a call: the same pixels of inputs that are planes of their own. Their weights follow each other.</summary>
/// <param name="Count">Tiles.</param>
/// <param name="InputStride">Bytes from an input to the next.</param>
/// <param name="SumStride">Accumulators from a tile's to the next one's.</param>
internal readonly record struct TileInt8Series(int Count, nint InputStride, nint SumStride)
{
    /// <summary>A single tile.</summary>
    public static TileInt8Series One => new(1, 0, 0);
}
