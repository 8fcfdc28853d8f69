namespace ModelBuild.Kernels;

/// <summary>
/// The geometry of ONNX Pad: D is the length of each input axis, outermost first, B what is added before it and E what is added after it. A negative number removes
/// elements instead. Rank, 0 to 8, says how many axes count.
/// </summary>
internal readonly record struct PadShape(
    int Rank,
    int D0 = 0, int D1 = 0, int D2 = 0, int D3 = 0, int D4 = 0, int D5 = 0, int D6 = 0, int D7 = 0,
    int B0 = 0, int B1 = 0, int B2 = 0, int B3 = 0, int B4 = 0, int B5 = 0, int B6 = 0, int B7 = 0,
    int E0 = 0, int E1 = 0, int E2 = 0, int E3 = 0, int E4 = 0, int E5 = 0, int E6 = 0, int E7 = 0)
{
    public Axes Lengths => Axes.Of(D0, D1, D2, D3, D4, D5, D6, D7);

    public Axes Before => Axes.Of(B0, B1, B2, B3, B4, B5, B6, B7);

    public Axes After => Axes.Of(E0, E1, E2, E3, E4, E5, E6, E7);
}
