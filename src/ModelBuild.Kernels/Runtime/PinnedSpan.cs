#if MODELBUILD_UNSAFE
using System;

namespace ModelBuild.Kernels;

/// <summary>A span that other threads may use, which cannot have the span itself. Whoever makes it keeps the memory in its place as long as they do.</summary>
/// <param name="start">The first value.</param>
/// <param name="length">How many there are.</param>
internal readonly unsafe struct PinnedSpan<T>(T* start, int length)
    where T : unmanaged
{
    private readonly T* _start = start;
    private readonly int _length = length;

    /// <summary>The span, on the thread that asks.</summary>
    public Span<T> Span => new(_start, _length);
}
#endif
