using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX Identity, Reshape and their like, where the result must be memory of its own: y takes the elements of x in order.</summary>
internal static class Copy
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y) => x.CopyTo(y);
}
