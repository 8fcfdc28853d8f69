namespace ModelBuild.Kernels;

/// <summary>Twelve pixels.</summary>
internal readonly struct TileRows12 : ITileRows
{
    public static int Count => 12;
}
