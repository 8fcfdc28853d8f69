namespace ModelBuild.Kernels;

/// <summary>
/// A tensor taken from another by strides: the result's axes, outermost first, and how far to move in the source along each, in elements. The stride 0 repeats
/// (Expand, Tile), a negative one runs backwards (Slice with a negative step), a multiple skips. The result is contiguous.
/// Start is the source element that comes first, D the length of each axis of the result, S the stride along it. Rank, 0 to 8, says how many axes count.
/// </summary>
internal readonly record struct StridedShape(
    int Rank,
    int Start,
    int D0 = 0, int D1 = 0, int D2 = 0, int D3 = 0, int D4 = 0, int D5 = 0, int D6 = 0, int D7 = 0,
    int S0 = 0, int S1 = 0, int S2 = 0, int S3 = 0, int S4 = 0, int S5 = 0, int S6 = 0, int S7 = 0)
{
    public Axes Lengths => Axes.Of(D0, D1, D2, D3, D4, D5, D6, D7);

    public Axes Strides => Axes.Of(S0, S1, S2, S3, S4, S5, S6, S7);
}
