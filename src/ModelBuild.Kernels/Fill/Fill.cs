using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX ConstantOfShape: every element of y is <c>value</c>.</summary>
internal static class Fill
{
    public static void Run<T>(Span<T> y, T value) => y.Fill(value);
}
