using System;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Pad with the modes that repeat the input: <see cref="EdgePad"/>, <see cref="ReflectPad"/> and <see cref="WrapPad"/>. A negative pad crops. No axis of the
/// input is empty. y may not overlap x.
/// </summary>
internal static class Pad
{
    public static void Run<T, TMode>(ReadOnlySpan<T> x, Span<T> y, in PadShape shape, TMode mode)
        where TMode : struct, IPadMode
    {
        Axes lengths = shape.Lengths;
        Axes before = shape.Before;
        Axes after = shape.After;
        for (int i = 0; i < y.Length; i++)
        {
            // The position in the output, innermost axis first, gives the one in the input.
            int rest = i;
            int from = 0;
            int stride = 1;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                int length = lengths[axis] + before[axis] + after[axis];
                from += mode.Map((rest % length) - before[axis], lengths[axis]) * stride;
                rest /= length;
                stride *= lengths[axis];
            }

            y[i] = x[from];
        }
    }
}
