namespace ModelBuild.Kernels;

/// <summary>A rectangle of a grid.</summary>
/// <param name="X0">The first column.</param>
/// <param name="Y0">The first row.</param>
/// <param name="X1">The column behind the last.</param>
/// <param name="Y1">The row behind the last.</param>
internal readonly record struct J2kArea(int X0, int Y0, int X1, int Y1)
{
    public int Width => X1 - X0;

    public int Height => Y1 - Y0;

    public bool IsEmpty => X1 <= X0 || Y1 <= Y0;

    /// <summary>The points of the area that lie on a grid with so many columns and rows less.</summary>
    public J2kArea Reduce(int stepX, int stepY) => new(Quotient(X0, stepX), Quotient(Y0, stepY), Quotient(X1, stepX), Quotient(Y1, stepY));

    /// <summary>Those that a band has after some splits: the even ones, or the odd ones where an offset is 1.</summary>
    public J2kArea Band(int splits, int offsetX, int offsetY)
    {
        long scale = 1L << splits;
        return new(
            Quotient(X0 - (scale / 2 * offsetX), scale), Quotient(Y0 - (scale / 2 * offsetY), scale), Quotient(X1 - (scale / 2 * offsetX), scale), Quotient(Y1 - (scale / 2 * offsetY), scale));
    }

    /// <summary>What two areas have in common; it may be empty.</summary>
    public J2kArea And(J2kArea other) => new(
        X0 > other.X0 ? X0 : other.X0, Y0 > other.Y0 ? Y0 : other.Y0, X1 < other.X1 ? X1 : other.X1, Y1 < other.Y1 ? Y1 : other.Y1);

    // Rounded up. Negative numbers, of which only the smallest occur, become zero or more.
    private static int Quotient(long dividend, long divisor) => (int)(dividend <= 0 ? 0 : (dividend + divisor - 1) / divisor);
}
