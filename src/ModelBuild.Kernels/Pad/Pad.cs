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
        if (y.IsEmpty)
        {
            return;
        }

        if (shape.Rank == 0)
        {
            y[0] = x[0];
            return;
        }

        Axes lengths = shape.Lengths;
        Axes before = shape.Before;
        Axes after = shape.After;
        int last = shape.Rank - 1;
        int row = lengths[last] + before[last] + after[last];
        for (int i = 0; i < y.Length; i += row)
        {
            // The position of the row in the output, innermost axis first, gives the one in the input.
            int rest = i / row;
            int from = 0;
            int stride = lengths[last];
            for (int axis = last - 1; axis >= 0; axis--)
            {
                int length = lengths[axis] + before[axis] + after[axis];
                from += mode.Map((rest % length) - before[axis], lengths[axis]) * stride;
                rest /= length;
                stride *= lengths[axis];
            }

            Row(x.Slice(from, lengths[last]), y.Slice(i, row), before[last], mode);
        }
    }

    private static void Row<T, TMode>(ReadOnlySpan<T> x, Span<T> y, int before, TMode mode)
        where TMode : struct, IPadMode
    {
        // What lies inside the input is a copy.
        int begin = Math.Clamp(before, 0, y.Length);
        int end = Math.Clamp(before + x.Length, begin, y.Length);
        for (int i = 0; i < begin; i++)
        {
            y[i] = x[mode.Map(i - before, x.Length)];
        }

        if (end > begin)
        {
            x.Slice(begin - before, end - begin).CopyTo(y[begin..]);
        }

        for (int i = end; i < y.Length; i++)
        {
            y[i] = x[mode.Map(i - before, x.Length)];
        }
    }
}
