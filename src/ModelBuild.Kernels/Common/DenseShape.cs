namespace ModelBuild.Kernels;

/// <summary>The geometry of a fully connected layer: <c>y[rows, Outputs] = x[rows, Inputs] * w[Inputs, Outputs]</c>.</summary>
/// <param name="Inputs">Values per input row (the length of the dot product).</param>
/// <param name="Outputs">Values per output row.</param>
internal readonly record struct DenseShape(int Inputs, int Outputs);
