using System;

namespace ModelBuild.Kernels;

/// <summary>Copies values: <c>y[i] = x[i]</c>.</summary>
internal static class Copy
{
    /// <summary>Copies all of <paramref name="x"/> to <paramref name="y"/>, which must be as long.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged => x[..y.Length].CopyTo(y);
}
