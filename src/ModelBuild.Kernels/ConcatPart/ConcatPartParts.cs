using System;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="ConcatPart"/> in parts: each copies some of the outer steps.</summary>
internal static class ConcatPartParts
{
    /// <summary>One part of <see cref="ConcatPart.Run{T}"/>.</summary>
    public static void Run<T>(
        ReadOnlySpan<T> x, Span<T> y, int outer, int length, int stride, int offset, int part, int parts)
    {
        Share steps = Share.Of(outer, part, parts);
        ConcatPart.Run(x[(steps.Begin * length)..], y[(steps.Begin * stride)..], steps.Count, length, stride, offset);
    }
}
