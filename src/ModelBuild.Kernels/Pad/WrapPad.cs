namespace ModelBuild.Kernels;

/// <summary>ONNX Pad, mode "wrap": the input repeats.</summary>
internal readonly record struct WrapPad : IPadMode
{
    public int Map(int index, int length) => ((index % length) + length) % length;
}
