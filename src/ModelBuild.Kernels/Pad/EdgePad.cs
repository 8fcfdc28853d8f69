using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX Pad, mode "edge": the outermost element again and again.</summary>
internal readonly record struct EdgePad : IPadMode
{
    public int Map(int index, int length) => Math.Clamp(index, 0, length - 1);
}
