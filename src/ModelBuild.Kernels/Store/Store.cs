using System;

namespace ModelBuild.Kernels;

/// <summary>Writes a number that follows from the sizes of this run, such as an element of ONNX Shape: <c>y[index] = value</c>.</summary>
internal static class Store
{
    public static void Run<T>(Span<T> y, int index, T value)
        where T : unmanaged => y[index] = value;
}
