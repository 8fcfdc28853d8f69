namespace ModelBuild.Kernels;

/// <summary>Sixteen pixels.</summary>
internal readonly struct TileRows16 : ITileRows
{
    public static int Count => 16;
}
