namespace ModelBuild.Kernels;

/// <summary>Eight pixels.</summary>
internal readonly struct TileRows8 : ITileRows
{
    public static int Count => 8;
}
