namespace ModelBuild.Kernels;

/// <summary>
/// The geometry of an operation of two operands that ONNX broadcasts against each other: the output's axes, outermost first, and how far each operand moves along
/// them, in elements. The stride 0 repeats an operand along an axis. The output is contiguous. Neighbouring axes along which both operands are contiguous, or both
/// repeated, should be merged: the innermost axis is what runs in vectors.
/// D is the length of each output axis, A and B the strides of the operands along it. Rank, 0 to 8, says how many axes count.
/// </summary>
internal readonly record struct BroadcastShape(
    int Rank,
    int D0 = 0, int D1 = 0, int D2 = 0, int D3 = 0, int D4 = 0, int D5 = 0, int D6 = 0, int D7 = 0,
    int A0 = 0, int A1 = 0, int A2 = 0, int A3 = 0, int A4 = 0, int A5 = 0, int A6 = 0, int A7 = 0,
    int B0 = 0, int B1 = 0, int B2 = 0, int B3 = 0, int B4 = 0, int B5 = 0, int B6 = 0, int B7 = 0)
{
    public Axes Lengths => Axes.Of(D0, D1, D2, D3, D4, D5, D6, D7);

    public Axes AStrides => Axes.Of(A0, A1, A2, A3, A4, A5, A6, A7);

    public Axes BStrides => Axes.Of(B0, B1, B2, B3, B4, B5, B6, B7);
}
