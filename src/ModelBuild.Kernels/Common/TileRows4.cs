namespace ModelBuild.Kernels;

/// <summary>Four pixels.</summary>
internal readonly struct TileRows4 : ITileRows
{
    public static int Count => 4;
}
