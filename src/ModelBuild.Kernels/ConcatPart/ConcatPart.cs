using System;

namespace ModelBuild.Kernels;

/// <summary>
/// One input of ONNX Concat: for each of <c>outer</c> steps, <c>length</c> values of <c>x</c> go to <c>y</c>, <c>stride</c> values apart, beginning at <c>offset</c>.
/// A concatenation is one call per input.
/// </summary>
internal static class ConcatPart
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int length, int stride, int offset)
    {
        for (int o = 0; o < outer; o++)
        {
            x.Slice(o * length, length).CopyTo(y[((o * stride) + offset)..]);
        }
    }
}
