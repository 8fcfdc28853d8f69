namespace ModelBuild.Kernels;

/// <summary>
/// The geometry of ONNX Transpose: the input's axes, outermost first, and the permutation: output axis i is input axis P[i].
/// D is the length of each input axis. Rank, 0 to 8, says how many axes count.
/// </summary>
internal readonly record struct TransposeShape(
    int Rank,
    int D0 = 0, int D1 = 0, int D2 = 0, int D3 = 0, int D4 = 0, int D5 = 0, int D6 = 0, int D7 = 0,
    int P0 = 0, int P1 = 0, int P2 = 0, int P3 = 0, int P4 = 0, int P5 = 0, int P6 = 0, int P7 = 0)
{
    public Axes Lengths => Axes.Of(D0, D1, D2, D3, D4, D5, D6, D7);

    public Axes Permutation => Axes.Of(P0, P1, P2, P3, P4, P5, P6, P7);
}
