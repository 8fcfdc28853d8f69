namespace ModelBuild.Kernels;

/// <summary>A place in the sequence of all tiles: those of an image follow each other row by row, and images follow each other.</summary>
internal struct WinogradTile
{
    private readonly int _tilesY;
    private readonly int _tilesX;

    public WinogradTile(int index, int tilesY, int tilesX)
    {
        (_tilesY, _tilesX) = (tilesY, tilesX);
        (int row, X) = System.Math.DivRem(index, tilesX);
        (Image, Y) = System.Math.DivRem(row, tilesY);
    }

    public int Image { get; private set; }

    public int Y { get; private set; }

    public int X { get; private set; }

    /// <summary>Goes to the next tile.</summary>
    public void Next()
    {
        if (++X < _tilesX)
        {
            return;
        }

        X = 0;
        if (++Y == _tilesY)
        {
            (Y, Image) = (0, Image + 1);
        }
    }
}
